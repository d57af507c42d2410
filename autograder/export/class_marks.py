"""The marks of a class as the gradebook has them now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from autograder.course import Course, not_graded
from autograder.gradebook.marks import (
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


@dataclass(frozen=True)
class ClassMarks:
    """A class in one lab.

    Args:
        lab: The lab.
        most: What each graded cell is worth, in the order of the lab.
        results: The students.
        undated: Students of whom it is not known when they handed in, where there is a due date.
        by_hand_before: Student -> graded cells with points that a person gave before the last grading.
    """

    lab: str
    most: Mapping[str, float]
    results: Results
    undated: tuple[str, ...] = ()
    by_hand_before: Mapping[str, list[str]] = field(default_factory=dict)

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
        GraderError: Nobody was graded yet, or the late policy cannot be read.
    """
    penalties = apply_policy(course, lab)
    results = _results(course, lab)
    recorded = dict.fromkeys(name for result in results.values() for name in result.checks)
    most = max_points(course, lab) or {
        name: next(r.checks[name].max for r in results.values() if name in r.checks) for name in recorded
    }
    order = [name for name in recorded if name in most] + [name for name in most if name not in recorded]
    costs = policy_of(course, lab) is not None
    undated = tuple(student for student, penalty in penalties.items() if costs and not penalty.is_dated)
    by_hand = {s: names for s, names in points_to_look_at(course, lab).items() if results[s].checks}
    return ClassMarks(lab, {name: most[name] for name in order}, results, undated, by_hand)


def current_results(course: Course, lab: str) -> Results:
    """Returns the record of a lab with the points as they stand in the gradebook now.

    Raises:
        GraderError: Nobody was graded yet, or the late policy cannot be read.
    """
    return dict(class_marks(course, lab).results)


def _results(course: Course, lab: str) -> Results:
    recorded = read_results(course.journal, lab)
    checks = read_checks(course, lab)
    results = dict(recorded)
    for student, marks in read_marks(course, lab).items():
        result = recorded.get(student, Result("graded"))
        if student in recorded and not result.checks:
            continue  # nothing was executed: what the gradebook has is of an earlier submission
        current = with_verdicts(checks.get(marks.notebook, {}), result.checks)
        results[student] = settled(result, current, marks.late_penalty or 0.0)
    if not results:
        raise not_graded(course, lab)
    return results


def reasons(result: Result) -> Iterator[str]:
    """Yields why a student has no total."""
    yield from result.notes
    for name, check in result.checks.items():
        if check.points is None and check.outcome == "unjudged":
            yield f"{name}: {check.reason or 'there is no verdict'}"
