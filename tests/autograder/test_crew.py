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


def test_leaving_workers_that_are_at_work_prints_nothing(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from autograder.crew import local_crew\n"
        "if __name__ == '__main__':\n"
        "    with local_crew(2, Path(sys.argv[1])) as crew:\n"
        "        crew.submit(time.sleep, 100), crew.submit(time.time).result()\n"
    )
    script = tmp_path / "leave.py"
    script.write_text(program)
    path = {"PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, str(script), str(tmp_path / "log")]
    run = subprocess.run(command, env=os.environ | path, capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stderr) == (0, "")
