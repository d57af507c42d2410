"""The late policy in nbgrader's gradebook: due dates and penalties, renewed without executing anything."""

from dataclasses import dataclass

from nbgrader.api import Assignment, SubmittedNotebook
from sqlalchemy import bindparam, update

from autograder.course import Course
from autograder.gradebook.marks import max_points, open_gradebook, read_marks
from autograder.gradebook.rows import Late
from autograder.late.policy import DAY, FILE, penalty, policy_of
from cvlabs.counted import counted


@dataclass(frozen=True)
class Penalty:
    """What being late costs one student.

    Args:
        days: How late, in days; 0 if on time.
        before: Points that the gradebook subtracted until now.
        now: Points that it subtracts from now on.
        is_dated: Whether it is known when the student handed in; if not, that counts as on time.
    """

    days: float
    before: float
    now: float
    is_dated: bool


def set_due_date(course: Course, lab: str) -> None:
    """Writes a lab's due date into the gradebook, or takes it out if the late policy has none.

    A course without a late policy keeps the dates that were set in nbgrader; they cost nothing. A lab that
    was never built has no place for a date.

    Raises:
        GraderError: The file is not a late policy.
    """
    policy = policy_of(course, lab)
    if not (course.root / FILE).exists():
        return
    with open_gradebook(course) as session:
        if session is not None:
            due = policy.due if policy else None
            session.execute(update(Assignment.__table__).where(Assignment.name == lab).values(duedate=due))
            session.commit()


def late_penalty(course: Course, lab: str) -> Late:
    """Returns what being late costs in a lab, as `recorder` wants to have it."""
    policy = policy_of(course, lab)

    def late(points: float, most: float, seconds: float) -> float | None:
        return (penalty(policy, points, most, seconds) or None) if policy else None

    return late


def apply_policy(course: Course, lab: str) -> dict[str, Penalty]:
    """Brings the penalties of a lab in line with the late policy and with the points given since.

    The times of handing in, extensions and points are those of the gradebook, so nothing is executed again.

    Returns:
        The penalty of each student with a submission.

    Raises:
        GraderError: The file is not a late policy.
    """
    set_due_date(course, lab)
    policy = policy_of(course, lab)
    most = sum(max_points(course, lab).values())
    penalties: dict[str, Penalty] = {}
    changes: list[dict[str, object]] = []
    for student, marks in read_marks(course, lab).items():
        now = penalty(policy, marks.score, most, marks.seconds_late) if policy else 0.0
        if (now or None) != marks.late_penalty:
            changes.append({"notebook": marks.notebook, "penalty": now or None})
        days = marks.seconds_late / DAY if policy else 0.0
        penalties[student] = Penalty(days, marks.late_penalty or 0.0, now, marks.handed_in is not None)
    _write(course, changes)
    return penalties


def _write(course: Course, changes: list[dict[str, object]]) -> None:
    table = SubmittedNotebook.__table__
    statement = (
        update(table)
        .where(table.c.id == bindparam("notebook"))
        .values(late_submission_penalty=bindparam("penalty"))
    )
    with open_gradebook(course) as session:
        if session is not None and changes:
            session.execute(statement, changes)
            session.commit()


def describe(penalties: dict[str, Penalty]) -> list[str]:
    """Returns a line for each student who is late or whose penalty changed, and one with the counts."""
    lines = []
    for student, points in sorted(penalties.items()):
        changed = "" if points.before == points.now else f", until now −{points.before:g}"
        if points.days or changed:
            lines.append(f"{student}: {points.days:.1f} days late, −{points.now:g} points{changed}")
    late = sum(1 for points in penalties.values() if points.days)
    undated = sum(1 for points in penalties.values() if not points.is_dated)
    unknown = f"; without timestamp.txt, which counts as on time: {undated}" if undated else ""
    return [*lines, f"late: {late} of {counted(len(penalties), 'submission')}{unknown}"]
