"""What goes wrong with the grader's machine is nobody's mark, and no reason to hand in again."""

import errno
import os
import tempfile
import zipfile
from pathlib import Path

import pytest

from autograder import grade
from autograder.errors import GraderError
from autograder.journal import Journal
from autograder.labs import build
from autograder.submissions import unzip, walk
from autograder.submissions.collect import collect
from autograder.submissions.handed_in import read_submission
from autograder.submissions.machine_faults import MachineFault
from autograder.submissions.read_notebook import NotReadable, read_bytes
from tests.autograder.fake_grading import pretend
from tests.autograder.tiny_lab import CHECKS, LAB, hand_in

FULL = [errno.ENOSPC, errno.EDQUOT]
BROKEN = [errno.EIO, errno.EMFILE, errno.ENFILE, errno.EROFS, errno.ENOMEM]


def failing(number, only=""):
    """Returns what fails as the system does, for paths that hold a word, and is `done` for others."""

    def wrap(done):
        def fail(*arguments, **options):
            if any(only in str(argument) for argument in arguments):
                raise OSError(number, os.strerror(number), "/tmp/of/ours")
            return done(*arguments, **options)

        return fail

    return wrap


def zipped(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"ada/{LAB}.ipynb", "text")
    return path


@pytest.mark.parametrize("number", FULL + BROKEN)
@pytest.mark.parametrize("is_class", [True, False], ids=["class", "student"])
def test_a_fault_while_unpacking_stops_the_run(tmp_path, monkeypatch, number, is_class):
    path = zipped(tmp_path / "class" / "ada.zip")
    monkeypatch.setattr(unzip, "_write", failing(number)(unzip._write))
    with (
        pytest.raises(MachineFault, match=rf"\({os.strerror(number)}\), which is no student's fault") as told,
        collect(path if is_class else path.parent, LAB),
    ):
        pass
    assert isinstance(told.value, GraderError)
    assert ("make room on the disk" in str(told.value)) == (number in FULL)
    assert "run the same command again" in str(told.value)


def test_a_disk_that_is_full_before_the_first_folder_is_no_students_fault(tmp_path, monkeypatch):
    path = zipped(tmp_path / "class" / "ada.zip")
    monkeypatch.setattr(Path, "mkdir", failing(errno.ENOSPC)(Path.mkdir))
    with pytest.raises(MachineFault), collect(path.parent, LAB):
        pass


@pytest.mark.parametrize(("owner", "name"), [(tempfile, "mkdtemp"), (Path, "exists"), (Path, "iterdir")])
def test_a_fault_at_the_beginning_is_told(tmp_path, monkeypatch, owner, name):
    zipped(tmp_path / "class" / "ada.zip")
    monkeypatch.setattr(owner, name, failing(errno.EACCES)(getattr(owner, name)))
    message = r"class could not be .*Permission denied.*mend its rights"
    with pytest.raises(GraderError, match=message), collect(tmp_path / "class", LAB):
        pass


@pytest.mark.parametrize("number", [*FULL, *BROKEN, errno.EACCES, errno.EPERM])
def test_a_fault_while_reading_is_no_unreadable_notebook(tmp_path, monkeypatch, number):
    path = tmp_path / "lab.ipynb"
    path.write_text("{}")
    monkeypatch.setattr(Path, "read_bytes", failing(number)(Path.read_bytes))
    with pytest.raises(MachineFault, match=r"lab.ipynb could not be read or unpacked \(") as told:
        read_bytes(path)
    assert not isinstance(told.value, NotReadable)


@pytest.fixture
def folder(tmp_path, solved):
    hand_in(tmp_path / "class", "ada", solved)
    hand_in(tmp_path / "class", "bob", solved)
    (tmp_path / "class" / "bob" / "timestamp.txt").write_text("2026-10-01 21:59:00 UTC")
    return tmp_path / "class"


FORBIDDEN = {
    "the notebook": (Path, "read_bytes", f"bob/{LAB}.ipynb"),
    "the time": (Path, "open", "bob/timestamp.txt"),
    "the folder": (walk, "visible", "class/bob"),
    "its place": (Path, "is_file", "bob/timestamp.txt"),
}


@pytest.mark.parametrize("place", FORBIDDEN)
def test_what_may_not_be_read_is_no_result_of_its_owner_and_tried_again(course, folder, monkeypatch, place):
    pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    owner, name, only = FORBIDDEN[place]
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing(errno.EACCES, only)(getattr(owner, name)))
        results = grade.grade(course, LAB, folder)
    assert {s: (r.status, r.total) for s, r in results.items()} == {
        "ada": ("graded", 4),
        "bob": ("could not grade", None),
    }
    (note,) = results["bob"].notes
    assert note.startswith("The grader failed, which costs no points: PermissionError: ")
    assert "could not be read or unpacked (Permission denied), which is no student's fault" in note
    assert {s: r.total for s, r in grade.grade(course, LAB, folder).items()} == {"ada": 4, "bob": 4}


def test_a_zip_of_a_student_that_may_not_be_read_is_one_too(tmp_path, monkeypatch):
    zipped(tmp_path / "class" / "ada.zip")
    zipped(tmp_path / "class" / "bob" / "work.zip")
    monkeypatch.setattr(zipfile, "ZipFile", failing(errno.EACCES, "class")(zipfile.ZipFile))
    with collect(tmp_path / "class", LAB) as submissions:
        read = [read_submission(one) for one in submissions]
    assert [(one.student, one.content, one.notes) for one in read] == [("ada", None, ()), ("bob", None, ())]
    assert all("Permission denied" in one.fault for one in read)


def test_the_zip_of_the_class_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    path = zipped(tmp_path / "class.zip")
    monkeypatch.setattr(zipfile, "ZipFile", failing(errno.EACCES, "class")(zipfile.ZipFile))
    with pytest.raises(GraderError, match=r"class.zip could not be .*mend its rights"), collect(path, LAB):
        pass


def test_what_is_done_is_stored_before_a_fault_stops_the_run(course, folder, monkeypatch):
    pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    with monkeypatch.context() as patch:

        def break_down(step):
            patch.setattr(Path, "read_bytes", failing(errno.EIO, "class/bob")(Path.read_bytes))

        with pytest.raises(MachineFault, match=r"bob.* \(Input/output error\)"):
            grade.grade(course, LAB, folder, break_down)
    with Journal(course.journal) as journal:
        assert {entry.student: entry.state for entry in journal.entries(LAB)} == {
            "ada": "done",
            "bob": "queued",
        }
    assert {s: r.total for s, r in grade.grade(course, LAB, folder).items()} == {"ada": 4, "bob": 4}
