"""The grades of a class as Canvas imports them: Grades → Import.

Canvas finds a student by `ID`, else by `SIS User ID`, else by `SIS Login ID`, and an assignment by the
heading of its column, `Title (number)`; an unknown heading becomes a new assignment, after asking. A second
line holds the points possible.

Reference: canvas-lms, `lib/gradebook_importer.rb` and `lib/gradebook_exporter.rb`.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from autograder.errors import GraderError
from autograder.export.class_marks import ClassMarks
from autograder.export.file import Export, general_remarks, number, safe, to_text, unplaced, value
from autograder.export.roster import Roster, places, read_roster
from autograder.results import Result
from autograder.submissions.lms_names import canvas_student
from cvlabs.counted import counted

_POINTS = "    Points Possible"
_STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_IDENTIFYING = ("LastName", "FirstName", *_STUDENT[:-1], "Integration ID", "Root Account", "Section")


def canvas(
    marks: ClassMarks, roster: Path | None = None, title: str | None = None, per_check: bool = False
) -> Export:
    """Returns the file.

    Args:
        marks: The class.
        roster: The gradebook as Canvas exports it. Its lines and columns of who is who are kept as they are.
            Where there is no grade, a column that it has of this assignment stays as it is too, because an
            empty cell would take out a grade that Canvas has. Students are found by number, login name, full
            name, or what Canvas calls them in the files of a submission. Without it, the folders' names are
            taken for login names.
        title: Title of the assignment in Canvas; the lab's name if absent.
        per_check: Whether each check becomes an assignment beside the total.

    Raises:
        GraderError: The roster is no export of Canvas's gradebook.
    """
    columns = _columns(marks, title or marks.lab, per_check)
    if roster is None:
        return _without_roster(marks, columns)
    return _with_roster(marks, columns, _read(roster), roster)


Points = Mapping[str | None, tuple[str, float]]
"""Check, or `None` for the total -> heading, points possible"""


def _columns(marks: ClassMarks, title: str, per_check: bool) -> Points:
    total: dict[str | None, tuple[str, float]] = {None: (title, marks.maximum)}
    return total | {name: (f"{title}: {name}", most) for name, most in marks.most.items() if per_check}


def _grades(columns: Points, result: Result) -> list[str]:
    """Returns a student's cells; all are empty where there is no total."""
    if result.total is None:
        return [""] * len(columns)
    total: dict[str | None, float | None] = {None: result.total}
    points = total | {name: check.points for name, check in result.checks.items()}
    return [number(points.get(name)) for name in columns]


def _without_roster(marks: ClassMarks, columns: Points) -> Export:
    heading = [*_STUDENT, *(safe(heading) for heading, _ in columns.values())]
    possible = [_POINTS, "", "", "", "", *(number(most) for _, most in columns.values())]
    rows = [
        [safe(student), "", "", safe(student), "", *_grades(columns, result)]
        for student, result in sorted(marks.results.items())
    ]
    odd = [f"{s!r} is no login name of Canvas's" for s in marks.results if safe(s) != s]
    return Export(to_text([heading, possible, *rows]), "utf-8", (*general_remarks(marks), *odd))


def _with_roster(marks: ClassMarks, columns: Points, table: Roster, path: Path) -> Export:
    identity = [column for column in table.columns if column in _IDENTIFYING]
    existing = {name: _existing(table, heading, path) for name, (heading, _) in columns.items()}
    lines = [_names(table, row) for row in _students(table)]
    placed = places({s: s for s in marks.results}, lines, marks.graded)
    owner = {index: student for student, index in placed.found.items()}
    heading = [*identity, *(existing[name] or safe(columns[name][0]) for name in columns)]
    possible = [_POINTS, *[""] * (len(identity) - 1), *_possible(table, columns, existing)]
    rows = []
    for index, row in enumerate(_students(table)):
        result = marks.results.get(owner.get(index, ""))
        grades = _grades(columns, result) if result else [""] * len(columns)
        kept = [table.cell(row, existing[name] or "") for name in columns]
        cells = [_identity(column, table.cell(row, column)) for column in identity]
        rows.append([*cells, *(grade or old for grade, old in zip(grades, kept, strict=True))])
    remarks = [*general_remarks(marks), *_differences(table, columns, existing)]
    idle = len(rows) - len(owner)
    if idle:
        absent = counted(idle, "student of the roster has", "students of the roster have")
        remarks.append(f"{absent} no submission; the roster's cells are kept")
    return Export(
        to_text([heading, possible, *rows]), "utf-8", tuple(remarks), unplaced(marks, placed.problems)
    )


def _read(path: Path) -> Roster:
    table = read_roster(path)
    named = "Student" in table.columns or {"LastName", "FirstName"} <= {*table.columns}
    if not (named and {"ID", "Section"} <= {*table.columns}):
        raise GraderError(
            f"{path} is not a gradebook that Canvas exported: its columns are {', '.join(table.columns)}; "
            "expected Student, ID, SIS Login ID, Section (Grades → Export)"
        )
    return table


def _students(table: Roster) -> list[list[str]]:
    """Returns the lines of people: not those of points possible and of posting policies."""
    policy = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
    return [
        row for row in table.rows if "Points Possible" not in row[0] and not all(map(policy.fullmatch, row))
    ]


def _names(table: Roster, row: list[str]) -> list[str]:
    name = table.cell(row, "Student") or f"{table.cell(row, 'LastName')}, {table.cell(row, 'FirstName')}"
    last, _, first = name.partition(", ")
    known = [table.cell(row, column) for column in ("ID", "SIS User ID", "SIS Login ID", "Integration ID")]
    return [*known, name, f"{first} {last}", canvas_student(name, table.cell(row, "ID"))]


def _identity(column: str, text: str) -> str:
    """Returns a cell of who is who: names are made safe; Canvas finds people by the rest."""
    return safe(text) if column in ("Student", "LastName", "FirstName", "Section") else text


def _existing(table: Roster, title: str, path: Path) -> str | None:
    """Returns the heading under which Canvas has an assignment."""
    found = [
        column
        for column in table.columns
        if column == title or re.sub(r"\s\(\d+\)$", "", column).casefold() == title.casefold()
    ]
    if len(found) > 1 and title not in found:
        raise GraderError(
            f"{path} has several columns of that title; give one by --title: {', '.join(found)}"
        )
    return title if title in found else found[0] if found else None


def _possible(table: Roster, columns: Points, existing: Mapping[str | None, str | None]) -> list[str]:
    line = next((row for row in table.rows if "Points Possible" in row[0]), [""] * len(table.columns))
    return [table.cell(line, existing[name] or "") or number(most) for name, (_, most) in columns.items()]


def _differences(table: Roster, columns: Points, existing: Mapping[str | None, str | None]) -> list[str]:
    remarks = []
    for (name, (heading, most)), possible in zip(
        columns.items(), _possible(table, columns, existing), strict=True
    ):
        if existing[name] is None:
            remarks.append(f"the roster has no column {heading!r}: Canvas will ask whether to make one")
        elif value(possible) != most:
            remarks.append(
                f"{existing[name]!r} has {possible} points possible in Canvas, {number(most)} here"
            )
    return remarks
