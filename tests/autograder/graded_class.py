"""A class in nbgrader's gradebook without anything having been executed, for what is done after grading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import md5

from nbgrader import api
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.journal import Journal
from autograder.journal_entry import Planned
from autograder.outcome import Outcome
from autograder.results import CheckResult, Result
from tests.autograder.tiny_lab import LAB

CELLS = {"check_conv_params": 1.0, "check_conv_macs": 1.0, "test_plain": 2.0, "why": 2.0}


@dataclass
class Student:
    """Scores by cell, `None` where nobody gave any; when it was handed in, in UTC."""

    scores: Mapping[str, float | None] = field(default_factory=lambda: dict(CELLS))
    handed_in: datetime | None = None
    extension: timedelta | None = None


def fill(course: Course, students: Mapping[str, Student], record: bool = True) -> None:
    """Writes a class into the gradebook, in one transaction, and as a rule onto the record."""
    course.root.mkdir(parents=True, exist_ok=True)
    with Gradebook(course.database) as gradebook:
        assignment = gradebook.update_or_create_assignment(LAB)
        notebook = gradebook.update_or_create_notebook(LAB, LAB)
        cells = {}
        for name, most in CELLS.items():
            kind = "markdown" if name == "why" else "code"
            cell = gradebook.update_or_create_grade_cell(name, LAB, LAB, max_score=most, cell_type=kind)
            cells[name] = cell.id
        ids = (assignment.id, notebook.id)
        for name, student in students.items():
            gradebook.db.add_all(_rows(md5(name.encode()).hexdigest(), name, student, ids, cells))
        gradebook.db.commit()
    if record:
        put_on_record(course, {name: _result(student) for name, student in students.items()})


def put_on_record(course: Course, results: Mapping[str, Result]) -> None:
    """Puts results into the journal as if these submissions had been graded."""
    with Journal(course.journal) as journal, journal.transaction():
        journal.plan(LAB, [Planned(student, "", "") for student in results], again=results.keys())
        for student, result in results.items():
            journal.done(LAB, Outcome(student, result.status, result.notes), "")
        journal.recorded(LAB, results)


def _rows(
    key: str, name: str, student: Student, ids: tuple[str, str], cells: Mapping[str, str]
) -> Iterator[object]:
    yield api.Student(id=name)
    yield api.SubmittedAssignment(
        id=key,
        assignment_id=ids[0],
        student_id=name,
        timestamp=student.handed_in,
        extension=student.extension,
    )
    yield api.SubmittedNotebook(id=key, assignment_id=key, notebook_id=ids[1])
    for cell, identity in cells.items():
        score = student.scores[cell]
        yield api.Grade(cell_id=identity, notebook_id=key, auto_score=score, needs_manual_grade=score is None)


def _result(student: Student) -> Result:
    checks = {
        name.removeprefix("check_"): CheckResult(
            student.scores[name], most, _outcome(name, student.scores[name])
        )
        for name, most in CELLS.items()
    }
    return Result("graded", checks=checks, total=sum(c.points or 0 for c in checks.values()))


def _outcome(name: str, score: float | None) -> str:
    if name == "why":
        return "by hand"
    return "unjudged" if score is None else "passed" if score == CELLS[name] else "failed"
