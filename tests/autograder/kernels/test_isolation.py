"""What a student's code can do from inside a kernel: nothing that matters, and the notebook comes back."""

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest
from nbformat import v4
from traitlets.config import Config

from autograder import execute
from autograder.execute import ExecuteProbes
from autograder.kernels import init, limits, linux
from autograder.kernels.home import kernel_home
from autograder.kernels.limits import Limits
from autograder.kernels.mounts import find_mounts
from autograder.kernels.provisioner import isolation
from autograder.kernels.start import start
from autograder.kernels.warm import environment, packages, zygotes
from tests.autograder import traces

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module", autouse=True)
def _isolated():
    if isolation(unsafe=True).level != "namespaces":
        pytest.skip(f"no namespaces here: {isolation(unsafe=True).refused}")


@pytest.fixture
def run(tmp_path):
    def run(*sources, **limits):
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
        config = Config({"ExecuteProbes": {"timeout": 300} | limits})  # a busy machine has its time
        return ExecuteProbes(config=config).execute(notebook, {}, tmp_path)

    return run


def said(notebook):
    return [
        [o.get("text", o.get("evalue", "")).strip() for o in cell.outputs if o.get("name") != "stderr"]
        for cell in notebook.cells
    ]


def test_how_it_ran_is_in_the_notebook(run):
    how = run("x = bytearray(200_000_000); import time; time.sleep(2)").metadata["cvlabs"]
    assert (how["isolation"], how["kernel"]) == ("namespaces", "warm")
    assert 200_000_000 < how["peak_memory"] < 400_000_000


def test_tensorflow_works_in_a_fork(run):
    ((text,),) = said(run("import keras; print(float(keras.ops.sum(keras.ops.ones((2, 3)))))"))
    assert text == "6.0"


def test_only_its_own_files_are_there(run, tmp_path):
    (tmp_path / "figure.svg").write_text("drawn")
    (tmp_path / "canary.txt").write_text("x")
    (tmp_path / "solution.ipynb").write_text("x")
    source = f"""
import os
print(open("figure.svg").read(), sorted(os.listdir()), os.path.exists({str(REPOSITORY / "pyproject.toml")!r}))
print([name for name in os.listdir("/proc") if name.isdecimal()] == ["1", str(os.getpid())])
"""
    ((text,),) = said(run(source))
    files, processes = text.splitlines()
    assert files == "drawn ['canary.txt', 'figure.svg'] False"
    assert processes == "True"


@pytest.mark.parametrize(
    "path", ["/usr/x", "/kernel/run/x", "/kernel/view/x", "/etc/passwd", "/dev/x", str(REPOSITORY / "x")]
)
def test_nothing_but_scratch_can_be_written(run, path):
    ((error,), (text,)) = said(run(f"open({path!r}, 'w')", "open('x', 'w').write('1'); print('mine')"))
    assert "Read-only file system" in error or "No such file" in error or "Permission denied" in error
    assert text == "mine"


def test_no_network_is_there(run):
    heard = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        tcp = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        udp = "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))"
        texts = said(run(tcp, udp, "import socket; socket.gethostbyname('grader.invalid')"))
        server.shutdown()
    assert not heard
    assert all(len(text) == 1 and text[0] for text in texts)


@pytest.mark.parametrize(
    "source",
    [
        "import ctypes; print(ctypes.CDLL(None).unshare(0x10000000))",
        "import ctypes; print(ctypes.CDLL(None).mount(b'none', b'/tmp', b'tmpfs', 0, None))",
        "import ctypes; print(ctypes.CDLL(None).ptrace(16, 1, 0, 0))",
        "import ctypes; print(ctypes.CDLL(None).sethostname(b'x', 1))",
        "import ctypes; print(ctypes.CDLL(None).clock_settime(0, b'0' * 16))",
    ],
)
def test_no_privileged_call_succeeds(run, source):
    assert said(run(source)) == [["-1"]]


def test_the_processes_around_it_cannot_be_touched(run):
    source = """
import os, signal
for pid in (1, os.getppid(), -1):
    try:
        os.kill(pid, signal.SIGKILL) if pid != -1 else None
    except PermissionError:
        pass
for name in ("environ", "mem", "maps"):
    try:
        print(len(open(f"/proc/1/{name}", "rb").read(10)))
    except OSError:
        pass
print("alive")
"""
    assert said(run(source)) == [["alive"]]


def test_memory_is_limited_for_one_process_and_for_all(run):
    forks = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        x = b"x" * 300_000_000
        time.sleep(60)
time.sleep(60)
"""
    (one, alive, _) = said(run("x = bytearray(10**12)", "print('alive')", "", memory=10**9))
    assert alive == ["alive"]
    assert len(one) == 1
    ((error,), (after,)) = said(run(forks, "print('never')", memory=10**9))
    assert error == "The kernel died while it ran this cell: it used more memory than a notebook may."
    assert after == "This cell was not run: the kernel died in an earlier cell."


HOG = "import time; x = b'x' * 150_000_000; time.sleep(60)"
"""A program of its own that uses less than what a warm kernel shares with its zygote."""
TOO_MUCH = "The kernel died while it ran this cell: it used more memory than a notebook may."


def test_memory_is_limited_for_programs_that_it_starts(run):
    source = f"""
import subprocess, sys, time
for _ in range(6):
    subprocess.Popen([sys.executable, "-S", "-c", {HOG!r}])
time.sleep(60)
"""
    done = run(source, memory=600_000_000)
    assert said(done)[0] == [TOO_MUCH]
    assert done.metadata["cvlabs"]["peak_memory"] > 600_000_000


def test_memory_is_limited_for_copies_that_write_to_what_they_share(run):
    source = """
import os, time
x = bytearray(b"x" * 250_000_000)
for _ in range(4):
    if os.fork() == 0:
        x[::4096] = b"y" * len(x[::4096])
        time.sleep(60)
time.sleep(60)
"""
    assert said(run(source, memory=10**9))[0] == [TOO_MUCH]


def test_memory_that_processes_share_counts_once(run):
    source = """
import os, time
from multiprocessing import shared_memory
file = shared_memory.SharedMemory(create=True, size=100_000_000)
file.buf[:] = b"x" * 100_000_000
x = b"x" * 300_000_000
for _ in range(6):
    if os.fork() == 0:
        sum(file.buf[::4096])
        time.sleep(60)
time.sleep(3)
print("alive")
"""
    done = run(source, memory=10**9)
    assert said(done)[0][-1] == "alive"
    # What forks still share with the zygote is taken off by an estimate, some tens of megabytes too much.
    assert 300_000_000 < done.metadata["cvlabs"]["peak_memory"] < 600_000_000


def test_a_kernel_that_starts_programs_is_not_counted_twice(run):
    source = "import subprocess; x = b'x' * 10**9\nfor _ in range(300): subprocess.run(['true'])"
    done = run(source, memory=18 * 10**8)
    assert said(done) == [[]]
    assert 10**9 < done.metadata["cvlabs"]["peak_memory"] < 12 * 10**8


def test_a_child_that_has_its_parents_memory_is_not_counted(run):
    """As that of `vfork`, as long as a busy machine does not let it become the program that it shall be."""
    if not linux.have_one_memory(os.getpid(), os.getpid()):
        pytest.skip("the system does not tell here whose memory a process has")
    source = """
import ctypes, os, signal
x = b"x" * 10**9
libc, stack = ctypes.CDLL(None), ctypes.create_string_buffer(2**20)
top, clone_vm = (ctypes.addressof(stack) + 2**20) & -16, 0x100
child = libc.clone(libc.sleep, ctypes.c_void_p(top), clone_vm | signal.SIGCHLD, 2)
print(os.waitpid(child, 0)[1])
"""
    done = run(source, memory=18 * 10**8)
    assert said(done) == [["0"]]
    assert 10**9 < done.metadata["cvlabs"]["peak_memory"] < 12 * 10**8


@pytest.mark.parametrize(
    "source",
    [
        "import os; os.memfd_create('x')",
        "import mmap; mmap.mmap(-1, 4096)",
        "import mmap, os; mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096)",
        "import ctypes; assert ctypes.CDLL(None).shmget(0, 4096, 0o1600) >= 0",
        "import ctypes; assert ctypes.CDLL(None).msgget(0, 0o1600) >= 0",
    ],
)
def test_memory_that_nobody_is_charged_for_is_not_to_be_had(run, source):
    (outputs,) = run(source).cells[0].outputs
    assert outputs.ename in ("OSError", "PermissionError", "FileNotFoundError", "AssertionError")


def test_memory_is_limited_for_what_sockets_hold(run):
    source = """
import os, socket, time
for _ in range(8):
    if os.fork() == 0:
        kept = []
        try:
            while True:
                kept.append(socket.socketpair())
        except OSError:
            time.sleep(60)
time.sleep(60)
"""
    assert said(run(source, memory=10**9))[0] == [TOO_MUCH]


def test_what_processes_share_by_files_works(run):
    source = """
import multiprocessing
value = multiprocessing.Array("i", 100_000)
context = multiprocessing.get_context("fork")
process = context.Process(target=lambda: value.__setitem__(7, 9))
process.start()
process.join()
print(value[7])
"""
    assert said(run(source)) == [["9"]]


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="needs root and setpriv")
def test_memory_is_limited_where_the_grader_is_an_ordinary_user(tmp_path):
    """Then init may look at no process that hides its pages."""
    forks = """
import ctypes, os, time
for _ in range(4):
    if os.fork() == 0:
        HIDE
        x = b"x" * 300_000_000
        time.sleep(60)
time.sleep(60)
"""
    program = f"""
import sys
from pathlib import Path
from nbformat import v4
from traitlets.config import Config
from autograder import execute
from autograder.execute import ExecuteProbes
from autograder.kernels import init, limits
for hide in ("pass", "ctypes.CDLL(None).prctl(4, 0)"):
    notebook = v4.new_notebook(cells=[v4.new_code_cell({forks!r}.replace("HIDE", hide))])
    config = Config({{"ExecuteProbes": {{"memory": 10**9, "timeout": 50}}}})
    done = ExecuteProbes(config=config).execute(notebook, {{}}, Path(sys.argv[1]))
    print(done.metadata["cvlabs"]["isolation"], done.cells[0].outputs[-1].evalue)
"""
    command = ["setpriv", "--bounding-set=-all,+setfcap", "--inh-caps=-all", sys.executable, "-c", program]
    found = subprocess.run(
        [*command, str(tmp_path)], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if "cannot isolate" in found.stderr:
        pytest.skip("no user namespaces here")
    assert found.stdout.splitlines() == [f"namespaces {TOO_MUCH}"] * 2, found.stderr


@pytest.mark.parametrize("ignores", ["", "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)"])
def test_the_limit_of_processor_time_is_named(run, monkeypatch, ignores):
    monkeypatch.setattr(execute, "Limits", partial(Limits, cpu_seconds=1))
    busy = "import hashlib, threading\nx = bytes(10**8)\ndef work():\n    while True: hashlib.sha1(x)\n"
    busy += f"{ignores}\nfor _ in range({os.cpu_count()}): threading.Thread(target=work).start()\nwork()"
    assert said(run(busy))[0] == [
        "The kernel died while it ran this cell: it used more processor time than a notebook may."
    ]


def test_all_cores_may_be_busy_for_as_long_as_a_notebook_runs(monkeypatch):
    monkeypatch.setattr(limits.os, "cpu_count", lambda: 64)
    most = Limits()
    assert limits.by_process(most, 0)["RLIMIT_CPU"] > 64 * most.seconds


def test_the_end_of_the_machines_memory_is_named(monkeypatch):
    kills = iter([3, 4, 4, 4, 4])
    monkeypatch.setattr(init, "_ended_for_memory", lambda: next(kills))
    monkeypatch.setattr(init.signal, "signal", lambda *_: None)
    for code, expected in ((137, init.MACHINE_FULL), (137, 137)):
        monkeypatch.setattr(init, "_wait", lambda _, code=code: code)
        assert init.keep(os.getpid()) == expected


@pytest.mark.parametrize("code", [init.MEMORY, init.SECONDS, init.MACHINE_FULL])
def test_a_kernel_cannot_say_why_it_ended_in_the_graders_words(run, code):
    assert said(run(f"import os; os._exit({code})"))[0] == ["The kernel died while it ran this cell."]


def test_files_are_limited(run):
    ((error,), (text,)) = said(run("open('/tmp/x', 'wb').write(bytes(600_000_000))", "print('alive')"))
    assert "No space left" in error or "File too large" in error
    assert text == "alive"


def test_a_segfault_costs_the_cells_after_it_only(run):
    first, second, third = said(run("print(1)", "import ctypes; ctypes.string_at(0)", "print(3)"))
    assert first == ["1"]
    assert second[-1].startswith("The kernel died while it ran this cell")
    assert third == ["This cell was not run: the kernel died in an earlier cell."]


def test_nothing_outlives_its_kernel(run):
    run("import subprocess; subprocess.Popen(['sleep', '776.5'], start_new_session=True)")
    assert traces.ends("sleep 776.5")


def test_two_kernels_share_nothing(run):
    first, second = (
        said(run("import os, random; open('/tmp/left', 'x'); print(random.random())")) for _ in "ab"
    )
    assert first != second
    assert os.environ.get("HOME") != "/home/student"


def test_an_environment_below_tmp_is_there(tmp_path):
    """`/tmp` is scratch; what of the Python environment lies below it must not be covered."""
    folder = tmp_path / "environment"
    folder.mkdir()
    (folder / "there.txt").write_text("found")
    with kernel_home(None) as home:
        seen = find_mounts(home.run, home.view, None, (*packages(), str(folder)))
        assert str(folder) in seen.system
        plan = {"mounts": asdict(seen), "root": str(home.root / "root"), "limits": asdict(Limits())}
        look = {
            "readable": [str(folder / "there.txt")],
            "writable": [str(folder), "/tmp"],
            "mark": "x",
            "port": 9,
            "scratch": ["/home/student/lab", "/usr"],
            "own": ["/dev/null", "/nowhere"],
        }
        request = {"role": "look", "environment": environment(), "plan": plan, "look": look}
        request["report"] = str(home.report)
        with home.log.open("w") as log, (home.root / "out").open("w") as out:
            assert start(request, zygotes(), log, out=out.fileno()).wait(60) == 0
        found = json.loads((home.root / "out").read_text())
    assert found["read"] == look["readable"]
    assert found["written"] == ["/tmp"]
    assert found["missing"] == ["/usr", "/nowhere"]


def test_the_system_ends_a_kernel_before_anything_else(run):
    source = "import os; print(open('/proc/self/oom_score_adj').read().strip(), os.nice(0) > 0)"
    assert said(run(source)) == [["1000 True"]]
