"""A file of grades: its cells, its text, and what there is to say beside it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.export.class_marks import ClassMarks, reasons
from autograder.table import given_before, some
from cvlabs.counted import counted

# A spreadsheet runs a cell that starts so. In many countries it takes semicolons for the bounds of cells, and
# then quotation marks around what was one cell bound nothing.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[ \"]*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20].)", re.DOTALL)


@dataclass(frozen=True)
class Export:
    """A file of grades.

    Args:
        text: The file.
        encoding: How it is written.
        remarks: What the reader of the file should know, a line each.
        unplaced: Marks that found no place in the file, a line each.
    """

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


def to_text(rows: Iterable[Iterable[str]]) -> str:
    """Returns rows as the text of a CSV file."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(rows)
    return lines.getvalue()


def number(value: float | None) -> str:
    """Returns points as text, without the noise of sums in binary; empty where there are none."""
    return "" if value is None else f"{round(value, 6):g}"


def value(text: str) -> float | None:
    """Returns the number in a cell, with a decimal point or comma; `None` if there is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def safe(text: str) -> str:
    """Returns text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", text)


def general_remarks(marks: ClassMarks) -> tuple[str, ...]:
    """Returns what to know of a class besides its numbers: who has no grade, and what is not final."""
    lines = [
        f"{student} has no grade, {result.status}: {' '.join(reasons(result)) or 'no reason is on record'}"
        for student, result in sorted(marks.results.items())
        if result.total is None
    ]
    if marks.gone:
        lines.append(
            f"graded, but not in the gradebook any more, and so not in the file: {some(marks.gone)}; "
            f"python -m autograder grade {marks.lab} --from FOLDER records them again"
        )
    if earlier := _of_another_version(marks):
        lines.append(
            f"graded with another version of the lab than the last one: {some(earlier)}; "
            f"python -m autograder grade {marks.lab} --from FOLDER executes them again"
        )
    waiting = sum(1 for r in marks.results.values() if r.total is not None and r.waiting)
    if waiting:
        totals = counted(waiting, "total")
        lines.append(f"{totals} may still rise: a person has yet to give points (Manual Grading)")
    lines += given_before(marks.by_hand_before)
    if marks.undated:
        undated = counted(len(marks.undated), "submission")
        lines.append(f"{undated} without timestamp.txt, taken as on time")
    return tuple(lines)


def _of_another_version(marks: ClassMarks) -> list[str]:
    """Returns the students with a total who were executed with another version of the lab than the last."""
    runs = {s: r.run for s, r in sorted(marks.results.items()) if r.run is not None and r.total is not None}
    last = max(runs.values(), key=lambda run: run.finished, default=None)
    return [student for student, run in runs.items() if last is not None and run.lab != last.lab]


def unplaced(marks: ClassMarks, problems: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the marks that a file could not hold: student -> why, as lines with the mark."""
    return tuple(
        f"{student} {why}: {number(marks.results[student].total)} of {number(marks.maximum)} points"
        for student, why in sorted(problems.items())
        if marks.results[student].total is not None
    )
