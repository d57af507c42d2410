"""A run of `grade` whose coordinator, worker, zygote or its supervisor is killed: the next one puts it right.

`CVLABS_KILLS=30 python -m pytest tests/autograder/test_kills.py` kills each at thirty moments.
"""

import copy
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.course import REPOSITORY, Course
from autograder.kernels.provisioner import isolation
from autograder.labs import build
from tests.autograder.gradebook_dump import dump
from tests.autograder.tiny_lab import LAB, REAL_LAB, cell_of, hand_in, write_source

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]  # not beside fork bombs

KILLS = int(os.environ.get("CVLABS_KILLS", "1"))
SIGNS = {
    "coordinator": "autograder grade",
    "worker": "spawn_main",
    "zygote": "zygote.py",
    "supervisor": "supervisor.py",
}
"""What stands in the command line of each."""

SECRET = "5ec4e7" * 8
LONGEST = 900  # seconds: a run takes some twenty, and several times as many on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A class of four, whose third student's code kills its own kernel."""
    root = tmp_path_factory.mktemp("killed")
    write_source(root / "solutions", REAL_LAB)
    return root


@pytest.fixture
def submissions(tmp_path, solved):
    cell_of(solved, "setup").source = cell_of(solved, "setup").source.replace(LAB, REAL_LAB)
    for student in ("ada", "bob", "cyd", "dan"):
        notebook = copy.deepcopy(solved)
        if student == "bob":
            cell_of(notebook, "conv_macs").source = "def conv_macs(*sizes):\n    return 1"
        if student == "cyd":
            cell_of(notebook, "conv_macs").source = "import os; os.kill(os.getpid(), 9)"
        hand_in(tmp_path / "class", student, notebook, f"{REAL_LAB}.ipynb")
    return tmp_path / "class"


def begin(root: Path, course: Course, submissions: Path, *more: str) -> subprocess.Popen:
    program = (
        "import sys; from pathlib import Path;"
        "from autograder import cli; from autograder.course import Course;"
        f"course = Course(Path({str(course.root)!r}), Path({str(course.solutions)!r}), Path({str(root)!r}));"
        "cli.Course = lambda *_: course; sys.exit(cli.main(sys.argv[3:]))"
    )
    command = [sys.executable, "-c", program, "autograder grade", "--", "grade", REAL_LAB, "--from"]
    return subprocess.Popen(
        [*command, str(submissions), "--jobs", "1", *more],
        cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def finish(process: subprocess.Popen) -> str:
    text, _ = process.communicate(timeout=LONGEST)
    assert process.returncode == 0, text
    return text


def find(victim: str, process: subprocess.Popen) -> int | None:
    """A handle of the victim, once it is there; its number may be another's by the time that it is killed."""
    if victim == "coordinator":
        return os.pidfd_open(process.pid)
    children = {process.pid}
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_text()
        except (OSError, UnicodeDecodeError):
            continue
        if parent in children:
            children.add(int(path.name))
            if SIGNS[victim] in command and "resource_tracker" not in command:
                with suppress(ProcessLookupError):
                    return os.pidfd_open(int(path.name))
    return None


@pytest.mark.parametrize("victim", SIGNS)
def test_the_gradebook_is_that_of_an_undisturbed_run(victim, folder, submissions, tmp_path):
    if isolation(unsafe=True).level == "none":
        pytest.skip("nothing isolates here")
    courses = [Course(tmp_path / name, folder / "solutions", tmp_path) for name in ("calm", "killed")]
    for course in courses:
        build.build_course(course, REAL_LAB, build.known_checks())
        (course.root / "secret").write_text(SECRET)
    calm, killed = courses
    finish(begin(tmp_path, calm, submissions))
    expected = dump(calm.database, REAL_LAB)
    rng = random.Random(victim)
    for _ in range(KILLS):
        process = begin(tmp_path, killed, submissions, "--again")
        while (handle := find(victim, process)) is None and process.poll() is None:
            time.sleep(0.05)
        time.sleep(rng.uniform(0, 15 if victim == "coordinator" else 8))
        if handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
            os.close(handle)
        process.communicate(timeout=LONGEST)
        assert victim == "coordinator" or process.returncode == 0
        said = finish(begin(tmp_path, killed, submissions))
        assert dump(killed.database, REAL_LAB) == expected, said


def test_a_second_run_says_so_and_ends(folder, submissions, tmp_path):
    course = Course(tmp_path / "course", folder / "solutions", tmp_path)
    first = begin(tmp_path, course, submissions)
    while not (course.root / "grading.lock").exists() and first.poll() is None:
        time.sleep(0.05)
    time.sleep(0.2)
    second = begin(tmp_path, course, submissions)
    text, _ = second.communicate(timeout=LONGEST)
    assert second.returncode == 2
    assert f"another run is grading this course (process {first.pid}" in text
    finish(first)
