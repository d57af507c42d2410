"""A class graded by nbgrader itself, twice, with a person's work in between: what `record` is held against.

Kernels and the judge are stood in for by `fake_grading`; what is compared is what comes after them.
"""

import copy
import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode, v4
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde

from autograder.course import Course
from autograder.execute import ExecuteProbes
from autograder.journal import Journal
from autograder.journal_entry import Planned
from autograder.late.plugin import LatePenalty
from autograder.nbgrader_run import run_converter
from autograder.outcome import Outcome
from tests.autograder import fake_grading
from tests.autograder.gradebook_dump import dump
from tests.autograder.tiny_lab import LAB, cell_of

DUE = "2026-01-10 12:00:00 UTC"
FIRST = {
    "ada": ("2026-01-10 11:59:59 UTC", {}),
    "blank": ("2026-01-09", {"conv_params": "raise ValueError", "conv_macs": "", "why": None}),
    "biases": ("2026-01-11 13:00:00 UTC", {"conv_params": "conv_params = lambda k, i, f: k * k * i * f"}),
    "unjudged": ("", {"conv_macs": "conv_macs = lambda *sizes: -1"}),
    "partial": ("2026-01-16T12:00:00+02:00", {"conv_macs": "# PARTIAL"}),
    "O'Neil Zoë": ("2026-02-20T12:00:00+01:00", {}),
}
SECOND = {
    "ada": ("2026-01-12 11:59:59 UTC", {"conv_params": "x = 1"}),
    "blank": ("", {}),
    "unjudged": ("2026-01-11 13:00:00 UTC", {"conv_macs": "conv_macs = lambda *sizes: -1"}),
    "partial": ("2026-01-10 13:00:00 UTC", {"why": None}),
}


@dataclass(frozen=True)
class StockClass:
    """Two rounds of outcomes, what nbgrader's gradebook holds after each, and a course before the first."""

    untouched: Course
    graded: Course
    first: list[Outcome]
    second: list[Outcome]
    after_first: dict[str, Any]
    after_second: dict[str, Any]


def policy(points: float, most: float, seconds: float) -> float | None:
    """A late policy with an answer of every kind: none, some, less than nothing, more than there is."""
    days = seconds / 86_400
    if days < 1:
        return None
    return 2 * most if days > 30 else -1.0 if days > 5 else 0.1 * points * days


def grade_as_nbgrader(course: Course, solved: NotebookNode) -> StockClass:
    """Grades the class in a course that was built."""
    untouched = replace(course, root=course.root.with_name("untouched"))
    set_due(course.database)
    shutil.copytree(course.root, untouched.root)
    with pytest.MonkeyPatch.context() as patch:
        fake_grading.pretend(patch)
        patch.setattr(ExecuteProbes, "execute", _execute)
        penalty = lambda self, student, score, seconds: policy(score, 6, seconds)  # noqa: E731
        patch.setattr(LatePenalty, "late_submission_penalty", penalty)
        first = [_grade(course, solved, student, *work) for student, work in FIRST.items()]
        after_first = dump(course.database, LAB)
        by_hand(course.database)
        second = [_grade(course, solved, student, *work) for student, work in SECOND.items()]
    return StockClass(untouched, course, first, second, after_first, dump(course.database, LAB))


def set_due(database: str) -> None:
    """Sets the due date of the lab."""
    with Gradebook(database) as gradebook:
        gradebook.update_or_create_assignment(LAB, duedate=DUE)


def by_hand(database: str) -> None:
    """Does what people do in the formgrader between two rounds."""
    with Gradebook(database) as gradebook:
        for student, cell, score, extra in (
            ("ada", "why", 1.5, None),
            ("ada", "check_conv_params", 0.25, 0.5),
            ("unjudged", "check_conv_macs", 1.0, None),
        ):
            grade = gradebook.find_grade(cell, LAB, LAB, student)
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, extra, False
        gradebook.find_comment("why", LAB, LAB, "ada").manual_comment = "Say more."
        gradebook.find_comment("conv_macs", LAB, LAB, "blank").manual_comment = "Try it."
        gradebook.find_submission(LAB, "ada").extension = timedelta(hours=12)
        gradebook.find_submission_notebook(LAB, LAB, "ada").flagged = True
        student = gradebook.find_student("ada")
        student.first_name, student.email = "Ada", "ada@example.org"
        gradebook.db.commit()


def files(course: Course) -> dict[str, bytes]:
    """Returns what nbgrader's folders of submissions hold."""
    found = (path for step in ("submitted", "autograded") for path in (course.root / step).rglob("*"))
    return {str(path.relative_to(course.root)): path.read_bytes() for path in found if path.is_file()}


def fill(journal: Journal, outcomes: list[Outcome]) -> None:
    """Stores outcomes that wait for the gradebook then."""
    journal.plan(LAB, [Planned(outcome.student, "d", "v") for outcome in outcomes])
    for outcome in outcomes:
        journal.done(LAB, outcome, "d")


def _grade(
    course: Course, solved: NotebookNode, student: str, time: str, changes: dict[str, str | None]
) -> Outcome:
    notebook = copy.deepcopy(solved)
    for name, source in changes.items():
        cell_of(notebook, name).source = "Because it is cheap." if source is None else source
    submitted = course.notebook("submitted", LAB, student)
    shutil.rmtree(submitted.parent, ignore_errors=True)
    submitted.parent.mkdir(parents=True)
    nbformat.write(notebook, submitted)
    if time:
        submitted.with_name("timestamp.txt").write_text(time)
    run_converter(Autograde, course, LAB, student)
    graded = course.notebook("autograded", LAB, student).read_text(encoding="utf-8")
    return Outcome(student, "graded", (), submitted.read_text(encoding="utf-8"), graded, {}, time)


def _execute(self: object, notebook: NotebookNode, given: Any, files: Any) -> NotebookNode:
    fake_grading.execute(self, notebook, given, files)
    if "PARTIAL" in cell_of(notebook, "conv_macs").source:
        value = v4.new_output("execute_result", data={"text/plain": "1.25"})
        cell_of(notebook, "test_plain").outputs = [value]
    return notebook
