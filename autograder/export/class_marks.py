"""The marks of a class as the gradebook has them now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from autograder.course import Course, not_graded
from autograder.errors import GraderError
from autograder.gradebook.marks import (
    Marks,
    max_points,
    points_to_look_at,
    read_checks,
    read_marks,
    settled,
    with_verdicts,
)
from autograder.journal import read_results
from autograder.late.gradebook import apply_policy
from autograder.late.policy import policy_of
from autograder.results import Result, Results
from cvlabs.counted import counted


@dataclass(frozen=True)
class ClassMarks:
    """A class in one lab.

    Args:
        lab: The lab.
        most: What each graded cell is worth, in the order of the lab.
        results: The students.
        undated: Students of whom it is not known when they handed in, where there is a due date.
        by_hand_before: Student -> graded cells with points that a person gave before the last grading.
        gone: Students who were graded and are not in the gradebook any more, nor among `results`.
    """

    lab: str
    most: Mapping[str, float]
    results: Results
    undated: tuple[str, ...] = ()
    by_hand_before: Mapping[str, list[str]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    @property
    def maximum(self) -> float:
        """What the lab is worth."""
        return sum(self.most.values())

    @property
    def graded(self) -> set[str]:
        """The students who have a total."""
        return {student for student, result in self.results.items() if result.total is not None}


def class_marks(course: Course, lab: str) -> ClassMarks:
    """Reads the marks of a class, with the late policy applied to what was graded by hand since.

    Raises:
        GraderError: Nobody was graded yet, or none of them is in the gradebook, or the late policy cannot be
            read.
    """
    penalties = apply_policy(course, lab)
    results, gone = _results(course, lab)
    recorded = dict.fromkeys(name for result in results.values() for name in result.checks)
    most = max_points(course, lab) or {
        name: next(r.checks[name].max for r in results.values() if name in r.checks) for name in recorded
    }
    order = [name for name in recorded if name in most] + [name for name in most if name not in recorded]
    costs = policy_of(course, lab) is not None
    undated = tuple(student for student, penalty in penalties.items() if costs and not penalty.is_dated)
    by_hand = {s: names for s, names in points_to_look_at(course, lab).items() if results[s].checks}
    return ClassMarks(lab, {name: most[name] for name in order}, results, undated, by_hand, gone)


def current_results(course: Course, lab: str) -> Results:
    """Returns the record of a lab with the points as they stand in the gradebook now.

    Raises:
        GraderError: As `class_marks`.
    """
    return dict(class_marks(course, lab).results)


def gone_from_gradebook(recorded: Results, marks: Mapping[str, Marks]) -> tuple[str, ...]:
    """Returns the students who were graded, and whom the gradebook does not have.

    Somebody took them out, removed the gradebook, or names another one.

    Args:
        recorded: What the journal says; it must have been read before the gradebook.
        marks: What the gradebook says.
    """
    return tuple(student for student, result in recorded.items() if result.checks and student not in marks)


def _results(course: Course, lab: str) -> tuple[Results, tuple[str, ...]]:
    """Returns the record with the gradebook's points, and who is gone from the gradebook."""
    recorded = read_results(course.journal, lab)
    checks, all_marks = read_checks(course, lab), read_marks(course, lab)
    gone = gone_from_gradebook(recorded, all_marks)
    left_out = set(gone)
    results = {student: result for student, result in recorded.items() if student not in left_out}
    for student, marks in all_marks.items():
        result = recorded.get(student, Result("graded"))
        if student in recorded and not result.checks:
            continue  # nothing was executed: what the gradebook has is of an earlier submission
        current = with_verdicts(checks.get(marks.notebook, {}), result.checks)
        results[student] = settled(result, current, marks.late_penalty or 0.0)
    if gone and not results:
        raise GraderError(
            f"the gradebook does not have what was graded in {lab} ({counted(len(gone), 'student')}): if it"
            f" is elsewhere, give --database; otherwise python -m autograder grade {lab} --from FOLDER"
            " records it again"
        )
    if not results:
        raise not_graded(course, lab)
    return results, gone


def reasons(result: Result) -> Iterator[str]:
    """Yields why a student has no total."""
    yield from result.notes
    for name, check in result.checks.items():
        if check.points is None and check.outcome == "unjudged":
            yield f"{name}: {check.reason or 'there is no verdict'}"
