"""What a feedback page is made from, as a digest that its last line holds: the same one, the same page."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Executable, Select, select

from autograder.course import Course
from autograder.gradebook.marks import max_points, open_gradebook
from autograder.versions import grader_version

_LAST_LINE = "\n<!-- made from {} -->\n"
_TEMPLATES = Path(__file__).with_name("templates")
_GRADE = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
_COMMENT = (Comment.auto_comment, Comment.manual_comment)


def bases(course: Course, lab: str) -> dict[str, str]:
    """Returns the digest of what each student's page would be made from.

    That is the graded notebook, the points, comments and penalty in the gradebook, and the code.
    """
    digests = {}
    for student, hashed in _points(course, lab).items():
        path = course.notebook("autograded", lab, student)
        if path.is_file():
            hashed.update(path.read_bytes())
            digests[student] = hashed.hexdigest()
    return digests


def is_made_from(page: Path, basis: str) -> bool:
    """Whether a page was finished, and from this."""
    last = _LAST_LINE.format(basis).encode()
    try:
        with page.open("rb") as file:
            file.seek(-len(last), 2)
            return file.read() == last
    except OSError:  # there is none, or it is shorter
        return False


def sign(page: Path, basis: str) -> None:
    """Notes at the end of a page what it was made from."""
    with page.open("a", encoding="utf-8", newline="") as file:
        file.write(_LAST_LINE.format(basis))


def _points(course: Course, lab: str) -> dict[str, "hashlib._Hash"]:
    """Returns digests of what the gradebook holds of each student, in some queries however many they are."""
    start = hashlib.sha256(f"{grader_version()} {max_points(course, lab)}".encode())
    for path in sorted(_TEMPLATES.rglob("*.j2")):
        start.update(path.read_bytes())
    found: dict[str, hashlib._Hash] = {}
    with open_gradebook(course) as session:
        if session is None:
            return {}
        for query in _queries(lab):
            for student, *values in session.execute(query):
                found.setdefault(student, start.copy()).update(repr(values).encode())
    return found


def _queries(lab: str) -> Iterator[Executable]:
    """Rows that begin with a student, each student's in an order that stays the same."""
    yield _of_students(select(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty), lab)
    for table, columns in ((Grade, _GRADE), (Comment, _COMMENT)):
        rows = _of_students(select(SubmittedAssignment.student_id, BaseCell.name, *columns), lab)
        cells = rows.join(table, table.notebook_id == SubmittedNotebook.id)
        yield cells.join(BaseCell, BaseCell.id == table.cell_id).order_by(BaseCell.name, BaseCell.type)


def _of_students(rows: Select[Any], lab: str) -> Select[Any]:
    return (
        rows.select_from(SubmittedAssignment)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == lab, Notebook.name == lab)
    )
