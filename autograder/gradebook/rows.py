"""A submission's rows in nbgrader's gradebook, written as nbgrader writes them, in one transaction.

For a lab with four graded cells nbgrader takes 195 statements and 30 commits per submission. Here the lab is
read once, and a submission of any size takes seven statements and one commit. The rows are the same but for
their ids: tests/autograder/gradebook/test_record.py compares.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Boolean, Connection, Float, and_, bindparam, case, insert, or_, select, true, update

from autograder.gradebook.lab import GradebookLab, Judged

Late = Callable[[float, float, float], float | None]
"""(points, points of the whole lab, seconds late) -> points to take away, or `None` for none."""

# Into the tables directly, past the unit of work of an ORM session.
_STUDENT, _ASSIGNMENT, _NOTEBOOK, _GRADE, _COMMENT = (
    insert(model.__table__) for model in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
)
_FIND = (
    select(
        Student.id.label("student"),
        SubmittedAssignment.id.label("assignment"),
        SubmittedAssignment.extension,
        SubmittedAssignment.timestamp,
        SubmittedNotebook.id.label("notebook"),
    )
    .outerjoin(
        SubmittedAssignment,
        (SubmittedAssignment.student_id == Student.id)
        & (SubmittedAssignment.assignment_id == bindparam("lab")),
    )
    .outerjoin(
        SubmittedNotebook,
        (SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        & (SubmittedNotebook.notebook_id == bindparam("of")),
    )
    .where(Student.id == bindparam("who"))
)
_TIME = (
    update(SubmittedAssignment.__table__)
    .where(SubmittedAssignment.__table__.c.id == bindparam("assignment"))
    .values(timestamp=bindparam("submitted"))
)
_PENALTY = (
    update(SubmittedNotebook.__table__)
    .where(SubmittedNotebook.__table__.c.id == bindparam("notebook"))
    .values(late_submission_penalty=bindparam("penalty"))
)
_grade, _comment = Grade.__table__, Comment.__table__
# In one statement, because a person may be giving points in the formgrader meanwhile.
_NEW_SCORE = (
    update(_grade)
    .where(_grade.c.notebook_id == bindparam("of"), _grade.c.cell_id == bindparam("cell"))
    .values(
        auto_score=bindparam("score", type_=Float),
        needs_manual_grade=case(
            (
                and_(
                    bindparam("same", type_=Boolean),
                    _grade.c.manual_score.is_not(None),
                    _grade.c.auto_score.is_not_distinct_from(bindparam("score", type_=Float)),
                ),
                _grade.c.needs_manual_grade,
            ),
            (_grade.c.manual_score.is_not(None), true()),
            else_=bindparam("waits", type_=Boolean),
        ),
    )
)
_NEW_COMMENT = (
    update(_comment)
    .where(_comment.c.notebook_id == bindparam("of"), _comment.c.cell_id == bindparam("cell"))
    .values(auto_comment=bindparam("text"))
)
_POINTS = select(
    Grade.cell_id,
    Grade.score.label("score"),
    or_(Grade.auto_score.is_not(None), Grade.manual_score.is_not(None)).label("given"),
).where(Grade.notebook_id == bindparam("notebook"))


def write_rows(
    db: Connection,
    lab: GradebookLab,
    student: str,
    submitted: datetime | None,
    judged: Judged,
    late: Late,
    same_answers: bool = False,
) -> tuple[dict[str, float | None], float]:
    """Writes a submission: student, times, scores, comments, penalty. What a person gave stays.

    Points that a person gave to what may be another answer now are listed in the formgrader, until somebody
    saves them again.

    Args:
        db: A connection within a transaction.
        lab: The lab.
        student: The student, who is added if new.
        submitted: When it was handed in, in UTC; if unknown, an earlier time stays.
        judged: What the notebook says.
        late: What being late costs.
        same_answers: Whether the answers are those that were judged before. Then what a person gave is only
            listed again where the automatic score has changed.

    Returns:
        The points of each graded cell as they stand now, by hand or not; `None` where nobody gave any. And
        what is taken away for being late.
    """
    found = db.execute(_FIND, {"who": student, "lab": lab.assignment, "of": lab.notebook}).first()
    if found is None:
        db.execute(_STUDENT, {"id": student})
    if found is None or found.notebook is None:
        points = {name: judged.scores.get(name) for name in lab.graded}
        penalty = _penalty(lab, points, submitted, None, late)
        _add(db, lab, student, submitted, judged, penalty)
        return points, penalty or 0.0
    if submitted is None:
        submitted = found.timestamp
    elif submitted != found.timestamp:
        db.execute(_TIME, {"assignment": found.assignment, "submitted": submitted})
    _renew(db, lab, found.notebook, judged, same_answers)
    points = _read_points(db, lab, found.notebook)
    penalty = _penalty(lab, points, submitted, found.extension, late)
    db.execute(_PENALTY, {"notebook": found.notebook, "penalty": penalty})
    return points, penalty or 0.0


def _add(
    db: Connection,
    lab: GradebookLab,
    student: str,
    submitted: datetime | None,
    judged: Judged,
    penalty: float | None,
) -> None:
    new = _new_ids()
    assignment, notebook = next(new), next(new)
    row = {"id": assignment, "assignment_id": lab.assignment, "student_id": student, "timestamp": submitted}
    db.execute(_ASSIGNMENT, row)
    row = {"id": notebook, "assignment_id": assignment, "notebook_id": lab.notebook}
    db.execute(_NOTEBOOK, row | {"late_submission_penalty": penalty})
    grades = [
        {
            "id": next(new),
            "cell_id": cell,
            "notebook_id": notebook,
            "auto_score": judged.scores.get(name),
            "needs_manual_grade": judged.scores.get(name) is None,
        }
        for name, cell in lab.graded.items()
    ]
    comments = [
        {
            "id": next(new),
            "cell_id": cell,
            "notebook_id": notebook,
            "auto_comment": judged.comments.get(name),
        }
        for name, cell in lab.commented.items()
    ]
    if grades:
        db.execute(_GRADE, grades)
    if comments:
        db.execute(_COMMENT, comments)


def _new_ids() -> Iterator[str]:
    """Yields ids for new rows, as long as nbgrader's, and in the order of time.

    Random ones would lie on another page of every index for each row, and all of these pages have to be
    written; rows in the order of time lie beside each other.
    """
    start = f"{time.time_ns():016x}{secrets.token_hex(6)}"
    return (f"{start}{number:04x}" for number in count())


def _renew(db: Connection, lab: GradebookLab, notebook: str, judged: Judged, same_answers: bool) -> None:
    scores = [
        {
            "of": notebook,
            "cell": lab.graded[name],
            "score": score,
            "waits": score is None,
            "same": same_answers,
        }
        for name, score in judged.scores.items()
    ]
    comments = [
        {"of": notebook, "cell": lab.commented[name], "text": text} for name, text in judged.comments.items()
    ]
    if scores:
        db.execute(_NEW_SCORE, scores)
    if comments:
        db.execute(_NEW_COMMENT, comments)


def _read_points(db: Connection, lab: GradebookLab, notebook: str) -> dict[str, float | None]:
    rows = db.execute(_POINTS, {"notebook": notebook})
    names = {identity: name for name, identity in lab.graded.items()}
    return {names[row.cell_id]: float(row.score) if row.given else None for row in rows}


def _penalty(
    lab: GradebookLab,
    points: Mapping[str, float | None],
    submitted: datetime | None,
    extension: timedelta | None,
    late: Late,
) -> float | None:
    """Asks the late policy, and keeps its answer between 0 and what there is, as nbgrader does."""
    if submitted is None or lab.duedate is None:
        return None
    seconds = (submitted - lab.duedate - (extension or timedelta())).total_seconds()
    if seconds <= 0:
        return None
    score = sum(value or 0.0 for value in points.values())
    penalty = late(score, sum(lab.points.values()), seconds)
    return None if penalty is None else min(max(penalty, 0.0), score)
