"""The grades of a class as plain CSV, for a spreadsheet."""

from pathlib import Path

from autograder.errors import GraderError
from autograder.export.class_marks import ClassMarks
from autograder.export.file import Export, general_remarks, number, safe, to_text
from autograder.results import Result


def plain(
    marks: ClassMarks, roster: Path | None = None, title: str | None = None, per_check: bool = True
) -> Export:
    """Returns one line per student: status, total, late penalty, points per check, notes.

    What nobody could grade is empty, never 0. `total` holds the points given so far, less `late_penalty`;
    `by_hand` says how many are still to be given by a person. Points per check are always there.

    Raises:
        GraderError: A roster or a title was given.
    """
    if roster is not None or title is not None:
        raise GraderError("--roster and --title are for --format canvas and moodle")
    heading = ["student", "status", "total", "max", "by_hand", "late_penalty", *marks.most, "notes"]
    rows = [_row(marks, student, result) for student, result in sorted(marks.results.items())]
    # The mark at the start of this encoding makes Excel read UTF-8.
    return Export(to_text([heading, *rows]), "utf-8-sig", general_remarks(marks))


def _row(marks: ClassMarks, student: str, result: Result) -> list[str]:
    points = [result.checks[name].points if name in result.checks else None for name in marks.most]
    why = [f"{name}: {check.reason}" for name, check in result.checks.items() if check.reason]
    is_graded = result.total is not None
    return [
        safe(student),
        result.status,
        number(result.total),
        number(marks.maximum),
        number(result.waiting) if is_graded else "",
        number(result.late_penalty) if is_graded else "",
        *map(number, points),
        safe(" ".join([*result.notes, *why])),
    ]
