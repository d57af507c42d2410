"""Workers: processes that may be killed at any moment, and of which nothing is left."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from autograder.course import REPOSITORY
from autograder.crew import _Local, local_crew
from autograder.errors import GraderError


def test_nothing_of_a_worker_is_left(tmp_path):
    with local_crew(1, tmp_path / "log") as crew:
        folder = Path(crew.submit(tempfile.mkdtemp).result(120))
        assert folder.is_dir()
        assert folder.parent.parent == Path(tempfile.gettempdir())
        with pytest.raises(BrokenProcessPool):
            crew.submit(os.kill, crew.submit(os.getpid).result(120), signal.SIGKILL).result(120)
        assert crew.submit(os.getppid).result(120) == os.getpid()  # another one has taken over
    assert not folder.parent.exists()


def test_a_process_that_has_just_become_free_is_taken_rather_than_another_one_started(tmp_path, monkeypatch):
    take_back = _Local._take_back

    def late(*arguments):
        time.sleep(0.2)
        take_back(*arguments)

    monkeypatch.setattr(_Local, "_take_back", late)
    with local_crew(1, tmp_path / "log") as crew:
        assert len({crew.submit(os.getpid).result(120) for _ in range(3)}) == 1


CTRL_C = """
import os, signal, sys, time
from multiprocessing import active_children
from pathlib import Path
from autograder.crew import local_crew

if __name__ == "__mp_main__":  # a worker, which has begun with its imports
    for _ in range(int(sys.argv[2])):
        os.killpg(0, signal.SIGINT)
        time.sleep(0.5)  # the parent is ending its workers by now

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it
    try:
        with local_crew(1, Path(sys.argv[1])):
            while True:
                time.sleep(0.1)  # signal.pause would wait for ever for one that has come just before
    except KeyboardInterrupt:
        print("stopped", active_children())
"""


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_while_workers_begin_is_the_parents_alone(times, tmp_path):
    run = run_script(CTRL_C, tmp_path, str(times), start_new_session=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "stopped []\n", "")


def test_a_worker_ignores_what_the_terminal_sends_and_blocks_nothing(tmp_path):
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    with local_crew(1, tmp_path / "log") as crew:
        assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before
        assert crew.submit(signal.pthread_sigmask, signal.SIG_BLOCK, []).result(120) == before
        for number in (signal.SIGINT, signal.SIGHUP):
            assert crew.submit(signal.getsignal, number).result(120) == signal.SIG_IGN


def test_a_course_folder_that_cannot_be_one_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    message = r"file cannot be used as course folder \(File exists: .*name another --course"
    with pytest.raises(GraderError, match=message), local_crew(1, tmp_path / "file" / "log"):
        pass
    (tmp_path / "log").mkdir()
    message = r"cannot be used as course folder \(Is a directory: .*/log\)"
    with pytest.raises(GraderError, match=message), local_crew(1, tmp_path / "log"):
        pass


def test_leaving_workers_that_are_at_work_prints_nothing(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from autograder.crew import local_crew\n"
        "if __name__ == '__main__':\n"
        "    with local_crew(2, Path(sys.argv[1])) as crew:\n"
        "        crew.submit(time.sleep, 100), crew.submit(time.time).result()\n"
    )
    run = run_script(program, tmp_path)
    assert (run.returncode, run.stderr) == (0, "")


def run_script(program, folder, *arguments, **options):
    script = folder / "script.py"
    script.write_text(program)
    command = [sys.executable, str(script), str(folder / "log"), *arguments]
    path = {"PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        command, env=os.environ | path, capture_output=True, text=True, timeout=300, **options
    )
