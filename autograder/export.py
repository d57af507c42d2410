"""The grades of a class as a file."""

import csv
import io
from pathlib import Path

from nbgrader.api import MissingEntry

from autograder.course import Course
from autograder.errors import GraderError
from autograder.gradebook import max_points, read_grades, settled
from autograder.journal import read_results
from autograder.results import Result, Results

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that starts so


def current_results(course: Course, lab: str) -> Results:
    """Returns the record of a lab with the points as they stand in the gradebook now.

    Raises:
        GraderError: Nobody was graded yet.
    """
    results = read_results(course.journal, lab)
    if not results:
        raise GraderError(
            f"nobody was graded in {lab} yet; run: python -m autograder grade {lab} --from FOLDER"
        )
    return {student: _current(course, lab, student, result) for student, result in results.items()}


def _current(course: Course, lab: str, student: str, result: Result) -> Result:
    if not result.checks:
        return result
    try:
        return settled(result, read_grades(course, lab, student))
    except (
        MissingEntry,
        OSError,
    ):  # the gradebook or the notebook was removed: what is on record still holds
        return result


def to_csv(course: Course, lab: str) -> str:
    """Returns one line per student: status, total, points per check, notes.

    What nobody could grade is empty, never 0. `total` holds the points given so far; `by_hand` says how many
    are still to be given by a person.
    """
    results = current_results(course, lab)
    most = max_points(course, lab)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(["student", "status", "total", "max", "by_hand", *most, "notes"])
    for student, result in sorted(results.items()):
        points = [result.checks[name].points if name in result.checks else None for name in most]
        reasons = [f"{name}: {check.reason}" for name, check in result.checks.items() if check.reason]
        row = [
            safe(student),
            result.status,
            _number(result.total),
            _number(sum(most.values())),
            _number(result.waiting) if result.status == "graded" else "",
            *map(_number, points),
            safe(" ".join([*result.notes, *reasons])),
        ]
        writer.writerow(row)
    return lines.getvalue()


def write_csv(course: Course, lab: str, path: Path) -> None:
    """Writes the CSV file; a mark at its start makes Excel read UTF-8."""
    path.write_text(to_csv(course, lab), encoding="utf-8-sig", newline="")


def safe(text: str) -> str:
    """Returns text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
