"""A submission's rows in nbgrader's gradebook, written as nbgrader writes them, in one transaction.

nbgrader makes some fifty queries and commits per submission. Here the lab is read once, and a submission
takes about ten statements and one commit. The rows are the same: tests/autograder/test_record.py compares.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
    new_uuid,
)
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task
from sqlalchemy import (
    Boolean,
    Connection,
    Insert,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from autograder.errors import GraderError
from autograder.save_grades import is_unjudged

Late = Callable[[float, float, float], float | None]
"""(points, points of the whole lab, seconds late) -> points to take away, or `None` for none."""


@dataclass(frozen=True)
class Lab:
    """A lab as the gradebook knows it.

    Args:
        assignment: Its id.
        notebook: The id of its notebook.
        duedate: In UTC; `None` if there is none.
        graded: The cells that have a grade: name -> id.
        commented: The cells that have a comment: name -> id.
        points: Cells of `graded` that the notebook marks as such -> what they are worth.
        checksums: Name of a cell -> of its text as released.
    """

    assignment: str
    notebook: str
    duedate: datetime | None
    graded: Mapping[str, str]
    commented: Mapping[str, str]
    points: Mapping[str, float]
    checksums: Mapping[str, str]


@dataclass(frozen=True)
class Marks:
    """What an executed notebook says.

    Args:
        scores: By name of the graded cell; `None` where a person has to give it.
        comments: By name of the answer's cell; `None` for no comment.
    """

    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]


class NotThisLab(ValueError):
    """A judged notebook and the gradebook do not fit together; the message is for the instructor."""


def read_lab(db: Connection, lab: str) -> Lab:
    """Reads what the gradebook knows of a lab.

    Raises:
        GraderError: It does not know the lab.
    """
    row = db.execute(
        select(Assignment.id, Assignment.duedate, Notebook.id)
        .join(Notebook, Notebook.assignment_id == Assignment.id)
        .where(Assignment.name == lab, Notebook.name == lab)
    ).one_or_none()
    if row is None:
        raise GraderError(f"the gradebook does not know {lab}: run python -m autograder build {lab}")
    assignment, duedate, notebook = row

    def read(kind: type[BaseCell], *columns: str) -> list[Any]:
        wanted = [getattr(kind, column) for column in ("name", *columns)]
        return list(db.execute(select(*wanted).where(kind.notebook_id == notebook)))

    grades, solutions, tasks = (dict(map(tuple, read(k, "id"))) for k in (GradeCell, SolutionCell, TaskCell))
    return Lab(
        assignment,
        notebook,
        duedate,
        graded=grades | tasks,
        commented=solutions | tasks,
        points=dict(map(tuple, read(GradeCell, "max_score"))),
        checksums=dict(map(tuple, read(SourceCell, "checksum"))),
    )


def read_marks(lab: Lab, notebook: NotebookNode) -> Marks:
    """Returns what nbgrader's own rules make of a judged notebook.

    What a cell is worth and how its text was released is the gradebook's to say, not the notebook's.

    Raises:
        NotThisLab: A graded cell is missing, unknown, there twice, or claims more points than it is worth.
    """
    scores: dict[str, float | None] = {}
    comments: dict[str, str | None] = {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if is_grade(cell):
            if name in scores or name not in lab.points:
                raise NotThisLab(
                    f"the graded cell {name!r} is {'there twice' if name in scores else 'unknown'}"
                )
            cell.metadata.nbgrader["points"] = lab.points[name]
        if name in lab.checksums:
            cell.metadata.nbgrader["checksum"] = lab.checksums[name]
        if is_grade(cell):
            scores[name] = _score(name, cell)
        if name in lab.commented and (is_solution(cell) or is_task(cell)):
            untouched = lab.checksums.get(name) == compute_checksum(cell) and not is_task(cell)
            comments[name] = "No response." if untouched else None
    missing = lab.points.keys() - scores.keys()
    if missing:
        raise NotThisLab(f"there is no cell {', '.join(sorted(missing))}")
    return Marks(scores, comments)


def _score(name: str, cell: NotebookNode) -> float | None:
    if is_unjudged(cell):
        return None
    try:
        score: float | None = determine_grade(cell)[0]
    except ValueError as error:
        raise NotThisLab(f"the cell {name!r} has no score: {error}") from error
    return score


def write_rows(
    db: Connection, lab: Lab, student: str, submitted: datetime | None, marks: Marks, late: Late
) -> dict[str, float | None]:
    """Writes a submission: student, times, scores, comments, penalty. What a person gave stays.

    Args:
        db: A connection within a transaction.
        lab: The lab.
        student: The student, who is added if new.
        submitted: When it was handed in, in UTC; if unknown, an earlier time stays.
        marks: What the notebook says.
        late: What being late costs.

    Returns:
        The points of each graded cell as they stand now, by hand or not; `None` where nobody gave any.
    """
    if db.execute(select(Student.id).where(Student.id == student)).first() is None:
        db.execute(_insert(Student), {"id": student})
    found = db.execute(_FIND, {"lab": lab.assignment, "student": student}).first()
    if found is None:
        notebook, extension = _add(db, lab, student, submitted, marks), None
    else:
        notebook, extension, known = found.id, found.extension, found.timestamp
        if submitted is None:
            submitted = known
        elif submitted != known:
            change = update(SubmittedAssignment).where(SubmittedAssignment.id == found.assignment_id)
            db.execute(change.values(timestamp=submitted))
        _renew(db, lab, notebook, marks)
    _penalize(db, lab, notebook, _seconds_late(lab, submitted, extension), late)
    rows = db.execute(_POINTS, {"notebook": notebook})
    names = {identity: name for name, identity in lab.graded.items()}
    return {names[row.cell_id]: float(row.score) if row.given else None for row in rows}


def _add(db: Connection, lab: Lab, student: str, submitted: datetime | None, marks: Marks) -> str:
    assignment, notebook = new_uuid(), new_uuid()
    row = {"id": assignment, "assignment_id": lab.assignment, "student_id": student, "timestamp": submitted}
    db.execute(_insert(SubmittedAssignment), row)
    db.execute(
        _insert(SubmittedNotebook),
        {"id": notebook, "assignment_id": assignment, "notebook_id": lab.notebook},
    )
    grades = [
        {
            "cell_id": cell,
            "notebook_id": notebook,
            "auto_score": marks.scores.get(name),
            "needs_manual_grade": marks.scores.get(name) is None,
        }
        for name, cell in lab.graded.items()
    ]
    comments = [
        {"cell_id": cell, "notebook_id": notebook, "auto_comment": marks.comments.get(name)}
        for name, cell in lab.commented.items()
    ]
    if grades:
        db.execute(_insert(Grade), grades)
    if comments:
        db.execute(_insert(Comment), comments)
    return notebook


def _renew(db: Connection, lab: Lab, notebook: str, marks: Marks) -> None:
    scores = [
        {"of": notebook, "cell": lab.graded[name], "score": score, "waits": score is None}
        for name, score in marks.scores.items()
    ]
    comments = [
        {"of": notebook, "cell": lab.commented[name], "text": text} for name, text in marks.comments.items()
    ]
    if scores:
        db.execute(_SCORE, scores)
    if comments:
        db.execute(_COMMENT, comments)


def _seconds_late(lab: Lab, submitted: datetime | None, extension: timedelta | None) -> float:
    if submitted is None or lab.duedate is None:
        return 0.0
    return max(0.0, (submitted - lab.duedate - (extension or timedelta())).total_seconds())


def _penalize(db: Connection, lab: Lab, notebook: str, seconds: float, late: Late) -> None:
    penalty = None
    if seconds > 0:
        score = float(db.execute(_TOTAL, {"notebook": notebook}).scalar_one())
        penalty = late(score, sum(lab.points.values()), seconds)
        if penalty is not None:
            penalty = min(max(penalty, 0.0), score)
    change = update(SubmittedNotebook).where(SubmittedNotebook.id == notebook)
    db.execute(change.values(late_submission_penalty=penalty))


def _insert(model: type[Any]) -> Insert:
    """An insertion that goes to the table directly, past the unit of work of an ORM session."""
    return insert(model.__table__)


_FIND = (
    select(
        SubmittedNotebook.id,
        SubmittedNotebook.assignment_id,
        SubmittedAssignment.extension,
        SubmittedAssignment.timestamp,
    )
    .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
    .where(
        SubmittedAssignment.assignment_id == bindparam("lab"),
        SubmittedAssignment.student_id == bindparam("student"),
    )
)
_grade, _comment = Grade.__table__, Comment.__table__
# In one statement, because a person may be giving points in the formgrader meanwhile.
_SCORE = (
    update(_grade)
    .where(_grade.c.notebook_id == bindparam("of"), _grade.c.cell_id == bindparam("cell"))
    .values(
        auto_score=bindparam("score"),
        needs_manual_grade=case(
            (_grade.c.manual_score.is_not(None), true()), else_=bindparam("waits", type_=Boolean)
        ),
    )
)
_COMMENT = (
    update(_comment)
    .where(_comment.c.notebook_id == bindparam("of"), _comment.c.cell_id == bindparam("cell"))
    .values(auto_comment=bindparam("text"))
)
_TOTAL = select(func.coalesce(func.sum(Grade.score), 0.0)).where(Grade.notebook_id == bindparam("notebook"))
_POINTS = select(
    Grade.cell_id,
    Grade.score.label("score"),
    or_(Grade.auto_score.is_not(None), Grade.manual_score.is_not(None)).label("given"),
).where(Grade.notebook_id == bindparam("notebook"))
