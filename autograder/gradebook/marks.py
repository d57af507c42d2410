"""Points as they stand in nbgrader's gradebook, together with the judge's verdicts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    Grade,
    GradeCell,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.utils import is_grade
from sqlalchemy import Executable, func, inspect, select
from sqlalchemy.orm import Session

from autograder.course import Course
from autograder.gradebook.connection import gradebook_engine, gradebook_errors, is_there
from autograder.labs.markers import CHECK_PREFIX
from autograder.results import CheckResult, Result

PATIENCE = 5.0  # seconds: whoever reads marks sits and waits for them


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds of one student's submission to a lab.

    Args:
        notebook: Id of nbgrader's `submitted_notebook`.
        score: Sum of the points given.
        late_penalty: Points subtracted for being late; `None` as nbgrader writes it where none are.
        handed_in: When it was handed in, in UTC without a time zone; `None` if unknown.
        seconds_late: After the due date, with this student's extension; 0 where either is unknown.
    """

    notebook: str
    score: float
    late_penalty: float | None
    handed_in: datetime | None
    seconds_late: float


@contextmanager
def open_gradebook(course: Course) -> Iterator[Session | None]:
    """Opens the gradebook for queries of our own; gives `None` where there is none yet, and makes none.

    Raises:
        GraderError: The URL cannot be used; here and in the `with` block: it is locked or out of reach.
    """
    engine = gradebook_engine(course, PATIENCE)
    if not is_there(engine):
        yield None
        return
    try:
        with gradebook_errors(course, PATIENCE), Session(engine) as session:
            yield session if inspect(engine).has_table("submitted_notebook") else None
    finally:
        engine.dispose()


def read_marks(course: Course, lab: str) -> dict[str, Marks]:
    """Reads every submission to a lab, in one query however many there are: student -> marks."""
    with open_gradebook(course) as session:
        if session is None:
            return {}
        marks = {}
        for student, notebook, score, penalty, handed_in, extension, due in session.execute(
            _submissions(lab)
        ):
            late = _late(handed_in, due, extension)
            marks[student] = Marks(notebook, score, penalty, handed_in, late)
        return marks


def read_checks(course: Course, lab: str) -> dict[str, dict[str, CheckResult]]:
    """Reads every graded cell of every submission to a lab, in two queries: `Marks.notebook` -> checks."""
    with open_gradebook(course) as session:
        checks: dict[str, dict[str, CheckResult]] = {}
        for notebook, name, result in _checks(session, lab) if session else ():
            checks.setdefault(notebook, {})[name.removeprefix(CHECK_PREFIX)] = result
        return checks


def points_to_look_at(course: Course, lab: str) -> dict[str, list[str]]:
    """Returns the points that a person gave before a submission was last graded: student -> graded cells.

    They count. nbgrader keeps them too, and lists them in the formgrader until somebody saves them again.
    """
    query = (
        select(SubmittedAssignment.student_id, GradeCell.name)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(GradeCell, GradeCell.id == Grade.cell_id)
        .join(Notebook, Notebook.id == GradeCell.notebook_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == lab, Notebook.name == lab)
        .where(Grade.manual_score.is_not(None), Grade.needs_manual_grade)
        .order_by(SubmittedAssignment.student_id, GradeCell.name)
    )
    found: dict[str, list[str]] = {}
    with open_gradebook(course) as session:
        for student, name in session.execute(query) if session else ():
            found.setdefault(student, []).append(name.removeprefix(CHECK_PREFIX))
    return found


def _submissions(lab: str) -> Executable:
    scores = (
        select(Grade.notebook_id, func.sum(Grade.score).label("score")).group_by(Grade.notebook_id).subquery()
    )
    return (
        select(
            SubmittedAssignment.student_id,
            SubmittedNotebook.id,
            func.coalesce(scores.c.score, 0.0),
            SubmittedNotebook.late_submission_penalty,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            Assignment.duedate,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .outerjoin(scores, scores.c.notebook_id == SubmittedNotebook.id)
        .where(Assignment.name == lab, Notebook.name == lab)
        .order_by(SubmittedAssignment.student_id)
    )


def _checks(session: Session, lab: str) -> Iterator[tuple[str, str, CheckResult]]:
    cells = {cell: (name, most, kind) for cell, name, most, kind in session.execute(_cells(lab))}
    query = select(Grade.notebook_id, Grade.cell_id, Grade.auto_score, Grade.manual_score, Grade.score)
    for notebook, cell, auto, manual, score in session.execute(query.where(Grade.cell_id.in_(list(cells)))):
        name, most, kind = cells[cell]
        points = None if auto is None and manual is None else float(score)
        yield notebook, name, CheckResult(points, most, _outcome(kind, auto, most))


def _cells(lab: str) -> Executable:
    return (
        select(GradeCell.id, GradeCell.name, GradeCell.max_score, GradeCell.cell_type)
        .join(Notebook, Notebook.id == GradeCell.notebook_id)
        .join(Assignment, Assignment.id == Notebook.assignment_id)
        .where(Assignment.name == lab, Notebook.name == lab)
        .order_by(GradeCell.name)
    )


def _outcome(cell_type: str, points: float | None, most: float) -> str:
    if cell_type != "code":
        return "by hand"
    if points is None:
        return "unjudged"
    return "passed" if points == most else "failed"


def _late(timestamp: datetime | None, due: datetime | None, extension: timedelta | None) -> float:
    if timestamp is None or due is None:
        return 0.0
    return max(0.0, (timestamp - due - (extension or timedelta())).total_seconds())


def max_points(course: Course, lab: str) -> dict[str, float]:
    """Returns what each graded cell of a lab is worth; empty if the lab was never built."""
    with open_gradebook(course) as session:
        rows = [] if session is None else session.execute(_cells(lab)).all()
        return {name.removeprefix(CHECK_PREFIX): float(most) for _, name, most, _ in rows}


def check_results(
    notebook: NotebookNode, points: Mapping[str, float | None], most: Mapping[str, float]
) -> dict[str, CheckResult]:
    """Joins points with the verdicts that the judge left in a notebook.

    Args:
        notebook: The judged notebook.
        points: By name of the graded cell; those that nobody has given yet are missing or `None`.
        most: What each graded cell is worth.
    """
    results: dict[str, CheckResult] = {}
    for cell in notebook.cells:
        name = str(cell.metadata.nbgrader.get("grade_id")) if is_grade(cell) else ""
        if name not in most:
            continue
        verdict = cell.metadata.get("cvlabs", {})
        outcome = verdict.get("outcome") or _outcome(cell.cell_type, points.get(name), most[name])
        results[name.removeprefix(CHECK_PREFIX)] = CheckResult(
            points=points.get(name),
            max=most[name],
            outcome=outcome,
            misconception=verdict.get("misconception"),
            reason=verdict.get("hint", "") if outcome == "unjudged" else "",
        )
    return results


def with_verdicts(
    checks: Mapping[str, CheckResult], recorded: Mapping[str, CheckResult]
) -> dict[str, CheckResult]:
    """Returns the gradebook's checks in the recorded order, with what the judge said of them.

    A recorded verdict stands as long as the automatic score agrees with it; after a later run that was not
    recorded, one of stock nbgrader, it does not.
    """
    names = [name for name in recorded if name in checks] + [name for name in checks if name not in recorded]
    return {name: _with_verdict(checks[name], recorded.get(name)) for name in names}


def _with_verdict(check: CheckResult, recorded: CheckResult | None) -> CheckResult:
    if recorded is None or recorded.outcome != check.outcome:
        return check
    if not recorded.misconception and not recorded.reason:
        return check  # the same, without the time that a copy takes
    return replace(check, misconception=recorded.misconception, reason=recorded.reason)


def settled(result: Result, checks: Mapping[str, CheckResult], late_penalty: float = 0.0) -> Result:
    """Returns a student's result with new points: a total only where no check waits for a verdict.

    Args:
        result: The result so far.
        checks: The checks with their new points.
        late_penalty: Points to subtract; the total is never below 0.
    """
    unjudged = [
        name for name, check in checks.items() if check.outcome == "unjudged" and check.points is None
    ]
    if unjudged:
        return replace(result, status="could not grade", checks=checks, total=None, late_penalty=late_penalty)
    points = sum(check.points or 0 for check in checks.values())
    total = max(0.0, points - late_penalty)
    return replace(result, status="graded", checks=checks, total=total, late_penalty=late_penalty)
