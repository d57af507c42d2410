"""Zygotes: what is forked, when one is replaced, and what happens when none works."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.kernels import warm
from autograder.kernels.warm import Zygote, Zygotes, environment
from autograder.kernels.warm_process import NoZygote
from tests.autograder import traces


@pytest.fixture(scope="module")
def zygotes():
    made = Zygotes()
    yield made
    made.close()


def judge(tmp_path, name="judge"):
    """A request for a process that serves until its standard input ends."""
    return {
        "role": "judge",
        "environment": environment(),
        "folder": str(tmp_path),
        "path": str(warm.REPOSITORY),
    }


@pytest.fixture
def endless():
    """A standard input that does not end, and a judge with it goes on."""
    reading, writing = os.pipe()
    yield reading
    os.close(reading)
    os.close(writing)


@pytest.fixture
def fork(zygotes, tmp_path):
    ends, processes = [], []

    def fork():
        reading, writing = os.pipe()
        with (tmp_path / "out").open("ab") as out:
            process = zygotes.fork(judge(tmp_path), [reading, out.fileno(), out.fileno()])
        os.close(reading)
        ends.append(writing)
        processes.append(process)
        return process

    yield fork
    for process, end in zip(processes, ends, strict=True):
        process.kill()
        process.wait(20)
        os.close(end)


def test_a_child_is_told_of_and_ends(fork):
    process = fork()
    assert process.poll() is None
    process.kill()
    assert process.wait(20) == 128 + signal.SIGKILL
    assert process.poll() == 128 + signal.SIGKILL


STEP_BY_STEP = """
import json, os, selectors, socket, sys, threading, time, types
from autograder.kernels import init, zygote

class Stepped(selectors.DefaultSelector):
    def select(self, timeout=None):
        rests.release()
        looks.acquire()
        return super().select(timeout)

def look():
    looks.release()
    rests.acquire()  # it has done what there was to do

def unconnected():
    return socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)

def client():
    rests.acquire()
    with unconnected() as connection, unconnected() as other:
        connection.connect(path)
        look()
        socket.send_fds(connection, [b"{}"], [0, 1, 2])
        look()
        pid = json.loads(connection.recv(100))["pid"]
        other.connect(path)
        look()  # after this one, of two at once the earlier is found first
        os.write(end, b"x")
        while open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] != "Z":
            time.sleep(0.01)
        connection.send(b'{"signal": 2}')
        looks.release()  # it finds both: the child's end and the message
        print(connection.recv(100).decode())
    supervisor.close()
    looks.release()

context = types.SimpleNamespace(context_safe=lambda: None)
sys.modules["tensorflow.python.eager.context"] = context
ended, end = os.pipe()
zygote._become = lambda *_: (os.read(ended, 1), os._exit(3))
looks, rests = threading.Semaphore(0), threading.Semaphore(0)
path = sys.argv[1]
with unconnected() as listener:
    listener.bind(path)
    listener.listen()
    supervisor, control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    threading.Thread(target=client, daemon=True).start()
    zygote._serve(zygote._Zygote(listener, control, 100, selector=Stepped()))
print("still there")
"""


def test_a_child_that_ends_while_its_client_speaks_ends_nobody_else(tmp_path):
    command = [sys.executable, "-c", STEP_BY_STEP, str(tmp_path / "s")]
    run = subprocess.run(
        command, capture_output=True, text=True, cwd=warm.REPOSITORY, timeout=60, check=False
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == ['{"exit": 3}', "still there"]


def test_one_that_is_loading_ends_with_its_supervisor(tmp_path):
    loading = Zygote()
    until(loading.path.exists)
    until(lambda: loaded_by(loading))
    (pid,) = loaded_by(loading)
    until(lambda: "packages/tensorflow/" in Path(f"/proc/{pid}/maps").read_text())
    handle = os.pidfd_open(pid)
    os.kill(pid, signal.SIGSTOP)  # it gets no further by itself
    try:
        loading.close()
        until(lambda: not traces.lives(pid))
    finally:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)
    assert not loading.path.parent.exists()


LINGERS = """#!{python}
import os, socket, sys, time
path = sys.argv[4]
with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
    listener.bind(path + ".unready")
    listener.listen()
    ready, told = os.pipe()
    child = os.fork()
    if child:
        os.read(ready, 1)
        open(path + ".child", "w").write(str(child))
        os.rename(path + ".unready", path)
        time.sleep(600)
    parent = os.getppid()
    os.write(told, b"r")
    while os.getppid() == parent:
        time.sleep(0.01)
    time.sleep(0.5)  # as on a busy machine
    os.makedirs(os.path.dirname(path), exist_ok=True)
    open(os.path.join(os.path.dirname(path), "late"), "w").close()
"""


def test_no_folder_is_left_of_one_that_ends_late(monkeypatch, tmp_path):
    program = tmp_path / "supervisor"
    program.write_text(LINGERS.format(python=sys.executable))
    program.chmod(0o755)
    monkeypatch.setattr(warm.sys, "executable", str(program))
    ending = Zygote()
    until(ending.path.exists)
    pid = int(Path(f"{ending.path}.child").read_text())
    ending.close()
    until(lambda: not traces.lives(pid))
    assert not ending.path.parent.exists()


def test_what_cannot_be_started_is_no_zygote(monkeypatch, tmp_path):
    monkeypatch.setattr(warm.sys, "executable", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    broken = Zygotes()
    assert not broken.path.parent.exists()
    with pytest.raises(NoZygote, match="none can be started"):
        broken.fork(judge(tmp_path), [0, 1, 2])
    assert list(tmp_path.iterdir()) == []


def test_a_child_goes_with_its_client(fork):
    process = fork()
    process._connection.close()
    until(lambda: not traces.lives(process.pid))


def parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def loaded_by(supervisor):
    """The zygotes of a supervisor."""
    pids = Path(f"/proc/{supervisor._process.pid}/task/{supervisor._process.pid}/children").read_text()
    return [int(pid) for pid in pids.split()]


def until(condition, seconds=300):
    for _ in range(seconds * 20):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")


@pytest.mark.slow
def test_another_one_takes_over_when_it_dies(fork, zygotes):
    """At the same socket, so that whoever borrowed it notices nothing but lost processes."""
    lost, supervisor = fork(), zygotes._current
    zygote = parent(lost.pid)
    os.kill(zygote, signal.SIGKILL)
    assert lost.wait(20) == 128 + signal.SIGKILL
    assert lost.is_lost
    assert parent(fork().pid) != zygote
    assert zygotes._current is supervisor
    assert len(loaded_by(supervisor)) == 1


@pytest.mark.slow
def test_a_worn_one_serves_until_the_next_is_loaded_and_ends_with_its_last_child(monkeypatch, tmp_path):
    monkeypatch.setattr(warm, "CHILDREN", 3)
    lending, borrowing = Zygotes(), Zygotes()
    borrowing.borrow(lending.path)
    reading, writing = os.pipe()

    def parent_of_another():
        process = borrowing.fork(judge(tmp_path), [reading, 1, 2])
        from_ = parent(process.pid)
        process.kill()
        process.wait(20)
        return from_

    try:
        first = [of.fork(judge(tmp_path), [reading, 1, 2]) for of in (lending, borrowing, lending)]
        worn = parent(first[0].pid)
        assert {parent(process.pid) for process in first} == {worn}
        until(lambda: len(loaded_by(lending._current)) == 2)
        until(lambda: parent_of_another() != worn)
        assert [process.poll() for process in first] == [None] * 3
        os.close(writing)
        assert [process.wait(20) for process in first] == [0] * 3
        until(lambda: worn not in loaded_by(lending._current))
        assert len(loaded_by(lending._current)) == 1
    finally:
        os.close(reading)
        lending.close()


def test_another_one_takes_over_when_the_environment_changes(fork, zygotes, monkeypatch):
    fork()
    first = zygotes._current
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    fork()
    assert zygotes._current is not first
    assert zygotes._current._environment["TZ"] == "Asia/Tokyo"


def test_a_zygote_can_be_borrowed_and_is_left_alone(zygotes, tmp_path, endless):
    borrowing = Zygotes()
    borrowing.borrow(zygotes.path)
    lender = zygotes._current
    process = borrowing.fork(judge(tmp_path), [endless, 1, 2])
    assert [parent(process.pid)] == loaded_by(lender)
    process.kill()
    assert process.wait(20) == 128 + signal.SIGKILL
    assert not process.is_lost
    borrowing.close()
    assert lender.is_fit


@pytest.mark.slow
def test_one_of_its_own_takes_over_when_a_borrowed_one_is_gone(tmp_path, endless):
    lending, borrowing = Zygotes(), Zygotes()
    borrowing.borrow(lending.path)
    process = borrowing.fork(judge(tmp_path), [endless, 1, 2])
    lending.close()
    assert process.wait(20) == 128 + signal.SIGKILL
    assert process.is_lost
    process = borrowing.fork(judge(tmp_path), [endless, 1, 2])
    assert isinstance(borrowing._current, Zygote)
    process.kill()
    process.wait(20)
    borrowing.close()


def test_two_failures_are_enough(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(warm.sys, "executable", "/bin/false")
    broken = Zygotes()
    with pytest.raises(NoZygote, match="kernels start cold"):
        broken.fork(judge(tmp_path), [0, 1, 2])
    assert caplog.text.count("the zygote does not work: it has not begun to serve") == 2
    broken.close()


def test_what_keeps_one_from_loading_is_told(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(warm, "packages", lambda: ())
    broken = Zygotes()
    with pytest.raises(NoZygote, match="kernels start cold"):
        broken.fork(judge(tmp_path), [0, 1, 2])
    assert "does not work: it ended; ModuleNotFoundError: No module named 'tensorflow'" in caplog.text
    broken.close()


def test_it_forks_only_while_tensorflow_has_run_nothing():
    program = (
        "from autograder.kernels.zygote import unsafe_to_fork; import tensorflow as tf;"
        "before = unsafe_to_fork(); tf.constant(1); print(repr(before), bool(unsafe_to_fork()))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=warm.REPOSITORY)
    assert run.stdout.strip() == "'' True"


def test_its_socket_is_its_owners(fork, zygotes):
    fork()
    path = zygotes.path
    assert path.stat().st_mode & 0o177 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
