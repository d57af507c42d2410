"""Students whom somebody took out of the gradebook, and a gradebook that is not there any more."""

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder import grade, rejudge
from autograder.course import Course
from autograder.errors import GraderError
from autograder.export import plain
from autograder.export.class_marks import class_marks, current_results
from autograder.feedback.pages import write_feedback
from autograder.labs import build
from autograder.report.page import write_report
from tests.autograder import fake_grading
from tests.autograder.tiny_lab import CHECKS, LAB, hand_in


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "class"


@pytest.fixture
def graded(course, solved, folder, monkeypatch):
    client = fake_grading.pretend(monkeypatch)
    monkeypatch.setattr(rejudge, "judge_client", lambda log: client)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    for student in ("ada", "bob"):
        hand_in(folder, student, solved)
    (folder / "none").mkdir()
    grade.grade(course, LAB, folder)
    return course


def remove(course, student):
    with Gradebook(course.database) as gradebook:
        gradebook.remove_student(student)


def students(course):
    with Gradebook(course.database) as gradebook:
        return sorted(student.id for student in gradebook.students)


def test_who_was_taken_out_is_in_no_file_and_told(graded):
    page = next(p for p in write_feedback(graded, LAB) if "bob" in p.parts)
    before = page.read_bytes()
    remove(graded, "bob")

    marks = class_marks(graded, LAB)
    assert (sorted(marks.results), marks.gone) == (["ada", "none"], ("bob",))
    assert any("not in the file: bob" in remark for remark in plain(marks).remarks)
    assert "bob" not in plain(marks).text
    (line,) = (line for line in write_report(graded, LAB).read_text().splitlines() if "bob" in line)
    assert 'id="gone"' in line
    assert "not counted here: <bdi>bob</bdi>." in line
    assert sorted(p.parts[-3] for p in write_feedback(graded, LAB)) == ["ada", "none"]
    assert page.read_bytes() == before  # not one that says nothing


def test_judging_again_does_not_bring_back_who_was_taken_out(graded, monkeypatch):
    remove(graded, "bob")
    monkeypatch.setitem(fake_grading.RIGHT, "conv_macs", 1)
    assert [change.student for change in rejudge.rejudge(graded, LAB).changes] == ["ada"]
    assert students(graded) == ["ada"]
    with pytest.raises(GraderError, match=r"not in the gradebook any more: bob; .* records them again"):
        rejudge.rejudge(graded, LAB, only=("bob",))


def test_grading_records_again_whom_it_is_given(graded, folder, monkeypatch):
    remove(graded, "ada")
    remove(graded, "bob")
    monkeypatch.setattr(fake_grading, "execute", None)
    steps = []
    select = grade.Selection(only=("bob",))
    assert grade.grade(graded, LAB, folder, steps.append, select=select)["bob"].total == 4
    assert [step.remark for step in steps if step.remark] == [
        "not in the gradebook any more, and recorded again: bob"
    ]
    assert students(graded) == ["bob"]


def test_another_gradebook_has_no_points_of_this_one(graded, folder, tmp_path):
    (folder / "none").rmdir()
    other = Course(tmp_path / "other", graded.solutions, graded.labs)
    grade.grade(other, LAB, folder)
    (other.root / "gradebook.db").unlink()
    with pytest.raises(GraderError, match=r"does not have what was graded in .* \(2 students\).*--database"):
        current_results(other, LAB)
    assert grade.grade(other, LAB, folder)["ada"].total == 4
    assert students(other) == ["ada", "bob"]


def test_nbgrader_in_a_copy_of_a_course_works_on_the_copy(graded, tmp_path):
    copy = shutil.copytree(graded.root, tmp_path / "copy")
    read: Config = PyFileConfigLoader("nbgrader_config.py", path=[str(copy)]).load_config()
    assert Path(read.CourseDirectory.root) == copy
    assert read.CourseDirectory.db_url == Course(copy).database


def test_a_page_stays_where_the_graded_notebook_is_lost(graded):
    pages = {page.parts[-3]: page for page in write_feedback(graded, LAB)}
    before = pages["bob"].read_bytes()
    graded.notebook("autograded", LAB, "bob").unlink()
    told = []
    left = write_feedback(graded, LAB, remark=told.append)
    assert sorted(page.parts[-3] for page in left) == ["ada", "none"]
    assert [line.partition(" of ")[0] for line in told] == ["bob: no page, for want"]
    assert pages["bob"].read_bytes() == before


def test_a_lab_with_other_cells_says_the_way_out(graded, folder, monkeypatch):
    with (graded.solutions / LAB / f"{LAB}.py").open("a") as source:
        source.write('\n# %% [markdown] answer="more" points=5\n# Because.\n')
    with pytest.raises(GraderError, match=rf"nbgrader db assignment remove {LAB} --force$"):
        grade.grade(graded, LAB, folder)
    with Gradebook(graded.database) as gradebook:  # what that command does
        gradebook.remove_assignment(LAB)
    steps = []
    assert sum(c.max for c in grade.grade(graded, LAB, folder, steps.append)["ada"].checks.values()) == 11
    assert not any(step.remark for step in steps)  # all of them were executed again
