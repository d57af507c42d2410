"""Workers: processes that may be killed at any moment, and of which nothing is left."""

import os
import signal
import tempfile
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from autograder.crew import local_crew


def test_nothing_of_a_worker_is_left(tmp_path):
    with local_crew(1, tmp_path / "log") as crew:
        folder = Path(crew.submit(tempfile.mkdtemp).result(120))
        assert folder.is_dir()
        assert folder.parent.parent == Path(tempfile.gettempdir())
        with pytest.raises(BrokenProcessPool):
            crew.submit(os.kill, crew.submit(os.getpid).result(120), signal.SIGKILL).result(120)
        assert crew.submit(os.getppid).result(120) == os.getpid()  # another one has taken over
    assert not folder.parent.exists()
