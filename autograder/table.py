"""The class on the terminal: a line per student while grading, a table at the end, and what is left to do."""

import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence

from autograder.results import CheckResult, Result, Results

_NAMED = 5


def print_line(line: str) -> None:
    """Prints one line of progress at once."""
    print(
        line.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8"),
        flush=True,
    )


def print_table(lab: str, results: Results) -> None:
    """Prints the table of a class."""
    print_line(table(lab, results, shutil.get_terminal_size((120, 24)).columns))


def table(lab: str, results: Results, width: int = 120) -> str:
    """Returns students × checks as text: points, `–` waits for a person, `?` could not be judged.

    Args:
        lab: Name of the lab.
        results: The class.
        width: Columns that long notes are broken to.
    """
    checks = dict.fromkeys(name for result in results.values() for name in result.checks)
    most = {n: next(r.checks[n].max for r in results.values() if n in r.checks) for n in checks}
    letters = {name: chr(ord("A") + i) if i < 26 else str(i + 1) for i, name in enumerate(checks)}
    names = max([7, *(len(student) for student in results)])
    heading = "".join(f"{letters[name]:>5}" for name in checks)
    lines = [lab, "", f"{'student':{names}}{heading}{'total':>8}  status"]
    lines += [_row(student, result, list(checks), names) for student, result in sorted(results.items())]
    if checks:
        points = "".join(f"{most[n]:>5g}" for n in checks)
        lines += [f"{'max':{names}}{points}{sum(most.values()):>8g}", ""]
    legend = "   ".join(f"{letters[name]} {name}" for name in checks)
    lines += textwrap.wrap(legend, max(60, width), break_long_words=False) if checks else []
    noted = [(student, note) for student, result in sorted(results.items()) for note in result.notes]
    lines += ["", *(_wrapped(f"{student}: {note}", width) for student, note in noted)] if noted else []
    return "\n".join(lines)


def left_over(lab: str, results: Results) -> list[str]:
    """Returns what to do about the students who could not be graded: a line for each kind of reason."""
    students: dict[str, list[str]] = {}
    for student, result in sorted(results.items()):
        if result.status == "could not grade":
            students.setdefault(_way_on(lab, result), []).append(student)
    return [f"Could not be graded: {some(who)}; {way}" for way, who in students.items()]


def given_before(points: Mapping[str, Sequence[str]]) -> list[str]:
    """Returns what to say of points that a person gave to what may be another answer now.

    Args:
        points: See `gradebook.points_to_look_at`.
    """
    if not points:
        return []
    who = some([f"{student} ({', '.join(names)})" for student, names in sorted(points.items())])
    told = "Points that a person gave before the last grading still count; Manual Grading lists them"
    return [f"{told}: {who}"]


def _way_on(lab: str, result: Result) -> str:
    """Only what the grader failed on is tried again by itself: the rest would come to the same."""
    if result.checks:
        again = f"python -m autograder grade {lab} --rejudge"
        return f"a check has no verdict: judge it again, {again}, or give its points in the formgrader"
    if result.run:
        return "its notebook does not fit the gradebook: see the note, mend that, then --again --only STUDENT"
    return "the grader failed: the same command tries again"


def some(students: Sequence[str]) -> str:
    """Returns the first names of a list, and how many more there are."""
    more = len(students) - _NAMED
    return ", ".join(students[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _row(student: str, result: Result, checks: list[str], names: int) -> str:
    cells = "".join(f"{_cell(result.checks.get(name)):>5}" for name in checks)
    total = "" if result.total is None else f"{result.total:g}"
    waiting = f", {result.waiting:g} points by hand" if result.status == "graded" and result.waiting else ""
    late = f", −{result.late_penalty:g} for being late" if result.late_penalty else ""
    return f"{student:{names}}{cells}{total:>8}  {result.status}{waiting}{late}"


def _cell(check: CheckResult | None) -> str:
    if check is None:
        return ""
    if check.points is None:
        return "?" if check.outcome == "unjudged" else "–"
    return f"{check.points:g}"


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(text, max(60, width), subsequent_indent="    ")
