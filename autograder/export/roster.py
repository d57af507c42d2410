"""The list of a class as Canvas or Moodle gave it, and whose submission is whose."""

import csv
import io
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import GraderError


@dataclass(frozen=True)
class Roster:
    """A table of people.

    Args:
        columns: The headings.
        rows: The cells of each line, as many as headings.
    """

    columns: list[str]
    rows: list[list[str]]

    def cell(self, row: Sequence[str], column: str) -> str:
        """Returns a cell of a row; empty if there is no such column."""
        return row[self.columns.index(column)] if column in self.columns else ""


@dataclass(frozen=True)
class Places:
    """Which line of a roster is whose.

    Args:
        found: Student -> index of the line.
        problems: Student -> why there is no line.
    """

    found: Mapping[str, int]
    problems: Mapping[str, str]


def read_roster(path: Path) -> Roster:
    """Reads a table, separated by commas, semicolons or tabs.

    Raises:
        GraderError: There is no such file, or it is no table in UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GraderError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GraderError(f"{path} is not in UTF-8; export it anew, or save it as CSV UTF-8") from error
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(line)]
    except csv.Error as error:
        raise GraderError(f"{path} is no table: {error}") from error
    if not lines:
        raise GraderError(f"{path} is empty; expected a line of headings and a line per student")
    columns = [heading.strip() for heading in lines[0]]
    double = [heading for heading, count in Counter(columns).items() if count > 1 and heading]
    if double:
        raise GraderError(f"{path} has two columns {double[0]!r}")
    rows = [(line + [""] * len(columns))[: len(columns)] for line in lines[1:]]
    return Roster(columns, rows)


def places(students: Mapping[str, str], names: Sequence[Iterable[str]], graded: Collection[str]) -> Places:
    """Finds each student's line.

    A line is a student's if the name looked for is one of its names: exactly, or else but for case, spaces
    and the form of accents. What is not certain is left undone: a name that fits two lines, and two
    students who fit one line. Who has no grade takes no line from one who has: Moodle gives the text that a
    student wrote online as a submission beside the student's file.

    Args:
        students: Student -> the name to look for.
        names: The names of each line: login, number, address, full name.
        graded: Students who have a grade.
    """
    exact: dict[str, set[int]] = defaultdict(set)
    alike: dict[str, set[int]] = defaultdict(set)
    for index, line in enumerate(names):
        for name in filter(None, line):
            exact[name].add(index)
            alike[_plain(name)].add(index)
    fits = {s: exact.get(name) or alike.get(_plain(name)) or set() for s, name in students.items()}
    claims = {student: next(iter(lines)) for student, lines in fits.items() if len(lines) == 1}
    claimed = Counter(claims.values())
    claimed_by_graded = Counter(line for student, line in claims.items() if student in graded)
    found, problems = {}, {}
    for student, lines in fits.items():
        if not lines:
            problems[student] = "is not in the roster"
        elif len(lines) > 1:
            problems[student] = f"fits {len(lines)} lines of the roster"
        elif (claimed_by_graded if student in graded else claimed)[claims[student]] > 1:
            problems[student] = "is one of several submissions that fit the same line of the roster"
        else:
            found[student] = claims[student]
    return Places(found, problems)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
