"""What the results of a class say about its marks, its checks, and how it was graded."""

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.report.distribution import Distribution, distribution
from autograder.results import CheckResult, Result, Results, Run, Status


@dataclass(frozen=True)
class CheckSummary:
    """One graded cell over the class.

    Args:
        name: Name of the check.
        max: Points that it is worth.
        judged: Students whose points for it are known.
        passed: Those of them with all points.
        mean: Mean of their points; `None` without any.
        discrimination: See `discrimination`.
        misconceptions: Recognised wrong ideas and how many have them, the most frequent first.
        unjudged: Students without a verdict.
        by_hand: Students whose points a person has yet to give.
    """

    name: str
    max: float
    judged: int
    passed: int
    mean: float | None
    discrimination: float | None
    misconceptions: tuple[tuple[str, int], ...]
    unjudged: int
    by_hand: int


def marks(results: Results, most: float) -> Distribution | None:
    """Returns the distribution of totals; `None` where nobody has one.

    Args:
        results: The class.
        most: Points that the lab is worth.
    """
    totals = [result.total for result in results.values() if result.total is not None]
    return distribution(totals, min([0.0, *totals]), max([most, *totals]))


def seconds(results: Results) -> Distribution | None:
    """Returns the distribution of the time per notebook; the slowest twentieth is in the last column."""
    values = sorted(result.run.seconds for result in results.values() if result.run is not None)
    return distribution(values, values[0], values[len(values) * 19 // 20]) if values else None


def check_summaries(results: Results) -> list[CheckSummary]:
    """Returns the graded cells in the order of the lab."""
    found: dict[str, list[tuple[CheckResult, Result]]] = defaultdict(list)
    for _, result in sorted(results.items(), key=lambda entry: -len(entry[1].checks)):
        for name, check in result.checks.items():
            found[name].append((check, result))
    return [_check_summary(name, entries) for name, entries in found.items()]


def discrimination(points: Sequence[float], rests: Sequence[float]) -> float | None:
    """Returns how well a check tells strong from weak students: the correlation of its points with the rest.

    For points that are all or nothing this is the point-biserial correlation. The rest leaves the check's own
    points out, which would raise the figure by themselves.

    Reference:
        Henrysson, "Correction of item-total correlations in item analysis", Psychometrika 28, 1963.

    Args:
        points: Points of each student for the check.
        rests: The same students' points for all other checks together.

    Returns:
        A number from -1 to 1; `None` where all points, or all rests, are equal.
    """
    if len(set(points)) < 2 or len(set(rests)) < 2:
        return None
    return statistics.correlation(points, rests)


def by_reason(results: Results, status: Status) -> list[tuple[str, list[str]]]:
    """Returns the students of a status by what is on record as its reason, the most frequent first.

    Reasons that differ only in numbers, as of lines or bytes, are one, with … in their places.
    """
    found: dict[str, list[str]] = defaultdict(list)
    reasons: dict[str, set[str]] = defaultdict(set)
    for student, result in sorted(results.items()):
        if result.status == status:
            reason = _reason(result)
            alike = re.sub(r"\d+", "…", reason)
            found[alike].append(student)
            reasons[alike].add(reason)
    named = [
        (min(reasons[alike]) if len(reasons[alike]) == 1 else alike, who) for alike, who in found.items()
    ]
    return sorted(named, key=lambda entry: (-len(entry[1]), entry[0]))


def runs_by(results: Results, what: Callable[[Run], str]) -> dict[str, int]:
    """Returns how many submissions ran in which way, the most frequent first."""
    counts = Counter(what(result.run) for result in results.values() if result.run is not None)
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _reason(result: Result) -> str:
    unjudged = [
        f"{name}: {check.reason or 'no verdict'}"
        for name, check in result.checks.items()
        if check.outcome == "unjudged" and check.points is None
    ]
    return " ".join(unjudged or result.notes) or "no reason on record"


def _check_summary(name: str, entries: Sequence[tuple[CheckResult, Result]]) -> CheckSummary:
    checks = [check for check, _ in entries]
    points = [check.points for check in checks if check.points is not None]
    known = [(c.points, _rest(name, r)) for c, r in entries if c.points is not None and r.total is not None]
    ideas = Counter(check.misconception for check in checks if check.misconception)
    return CheckSummary(
        name=name,
        max=max(check.max for check in checks),
        judged=len(points),
        passed=sum(check.points is not None and check.points >= check.max for check in checks),
        mean=statistics.fmean(points) if points else None,
        discrimination=discrimination([own for own, _ in known], [rest for _, rest in known]),
        misconceptions=tuple(sorted(ideas.items(), key=lambda idea: (-idea[1], idea[0]))),
        unjudged=sum(check.outcome == "unjudged" and check.points is None for check in checks),
        by_hand=sum(check.outcome != "unjudged" and check.points is None for check in checks),
    )


def _rest(name: str, result: Result) -> float:
    """Returns the points of the other checks; the total is less what being late costs, and never below 0."""
    return sum(check.points or 0.0 for other, check in result.checks.items() if other != name)
