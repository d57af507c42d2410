"""The grades of a class as Moodle imports them.

Two files: the assignment's own *grading worksheet*, filled in (Assignment → Upload grading worksheet); or,
without one, a file for Grades → Import → CSV file, where the instructor tells Moodle what each column is.

In the first, an empty grade changes nothing. In the second, Moodle stores it as 0 in a new grade item and
takes the grade out of an old one, so students without a grade are not in that file.

Reference: moodle, `mod/assign/feedback/offline/`, `grade/import/csv/classes/load_data.php`.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from autograder.errors import GraderError
from autograder.export.class_marks import ClassMarks
from autograder.export.file import Export, general_remarks, number, safe, to_text, unplaced, value
from autograder.export.roster import Roster, places, read_roster
from autograder.results import CheckResult, Result
from autograder.submissions.lms_names import moodle_folder
from cvlabs.counted import counted

_FEEDBACK = "Feedback comments"
_NAMES = ("Full name", "Email address", "Username", "ID number")
_REQUIRED = ("Identifier", "Grade", "Last modified (grade)")
_KEPT = (*_REQUIRED, "Maximum Grade", "Email address", "Username", "ID number")


def moodle(
    marks: ClassMarks, roster: Path | None = None, title: str | None = None, per_check: bool = False
) -> Export:
    """Returns the file.

    Args:
        marks: The class.
        roster: The assignment's grading worksheet. It is returned with grades and feedback filled in;
            feedback that a person wrote stays. Students are found by address, login name, number, full name,
            or the name of the folder in which Moodle handed out their submission.
        title: Heading of the grades in a file without worksheet; the lab's name if absent.
        per_check: Whether the feedback says the points of each check.

    Raises:
        GraderError: The roster is no grading worksheet, or one is needed.
    """
    if roster is not None:
        if title is not None:
            raise GraderError("--title has no use with a worksheet, whose columns have their headings")
        return _worksheet(marks, _read(roster), per_check)
    return _import(marks, title or marks.lab, per_check)


def _import(marks: ClassMarks, title: str, per_check: bool) -> Export:
    graded = {s: result for s, result in sorted(marks.results.items()) if result.total is not None}
    folders = [student for student in graded if moodle_folder(student)]
    if folders:
        raise GraderError(
            f"{folders[0]!r} is a folder's name of Moodle's, by which Grades → Import finds nobody; "
            "give the assignment's grading worksheet by --roster"
        )
    who = "Email address" if graded and all("@" in student for student in graded) else "Username"
    rows = [
        [safe(student), number(result.total), _feedback(marks, result, per_check)]
        for student, result in graded.items()
    ]
    heading = [who, safe(title), safe(f"{title} (feedback)")]
    odd = [f"{s!r} is no user name of Moodle's, and ends the import" for s in graded if safe(s) != s]
    return Export(to_text([heading, *rows]), "utf-8", (*general_remarks(marks), *odd))


def _worksheet(marks: ClassMarks, table: Roster, per_check: bool) -> Export:
    if per_check and _FEEDBACK not in table.columns:
        raise GraderError(f"the worksheet has no column {_FEEDBACK!r}; enable feedback comments in Moodle")
    wanted = {student: _wanted(table, student) for student in marks.results}
    placed = places(wanted, [_names(table, row) for row in table.rows], marks.graded)
    owner = {index: student for student, index in placed.found.items()}
    problems = dict(placed.problems)
    rows, kept = [], 0
    for index, row in enumerate(table.rows):
        cells = dict(zip(table.columns, row, strict=True))
        student = owner.get(index, "")
        result = marks.results.get(student)
        if result is not None and result.total is not None:
            cells["Grade"] = number(result.total)
            if result.total > _maximum(cells, marks):
                problems[student] = f"is above the worksheet's maximum, {_maximum(cells, marks):g}"
            if _may_replace(cells.get(_FEEDBACK), marks.lab):
                cells[_FEEDBACK] = _feedback(marks, result, per_check)
            elif _FEEDBACK in cells:
                kept += 1
        rows.append([text if column in _KEPT else safe(text) for column, text in cells.items()])
    remarks = [*general_remarks(marks), *_other_maximum(marks, table)]
    if kept:
        remarks.append(f"{kept} feedback comments that somebody wrote were kept")
    if len(rows) > len(owner):
        absent = counted(len(rows) - len(owner), "student of the roster has", "students of the roster have")
        remarks.append(f"{absent} no submission; the worksheet's lines are kept")
    return Export(to_text([table.columns, *rows]), "utf-8", tuple(remarks), unplaced(marks, problems))


def _read(path: Path) -> Roster:
    table = read_roster(path)
    missing = [column for column in _REQUIRED if column not in table.columns]
    if missing:
        raise GraderError(
            f"{path} is not a grading worksheet of Moodle's: it has no column {missing[0]!r}, but "
            f"{', '.join(table.columns)}; download it from the assignment, with Moodle in English"
        )
    return table


def _names(table: Roster, row: list[str]) -> list[str]:
    number_of_row = _participant(table, row)
    identifier = [f"identifier {number_of_row}"] if number_of_row else []
    return [*(table.cell(row, column) for column in _NAMES), *identifier]


def _participant(table: Roster, row: list[str]) -> str:
    found = re.search(r"\d+$", table.cell(row, "Identifier"))
    return found[0] if found else ""


def _wanted(table: Roster, student: str) -> str:
    """Returns the name to look for: of a folder of Moodle's its number, unless that is another one's.

    The number in a folder's name is a team's where teams hand in; a participant may have the same one.
    """
    folder = moodle_folder(student)
    if folder is None:
        return student
    names = [table.cell(r, "Full name") for r in table.rows if _participant(table, r) == folder.participant]
    if any(name and not _words(name) & _words(folder.name) for name in names):
        return student
    return f"identifier {folder.participant}"


def _words(name: str) -> set[str]:
    """Returns the words of a name as they are wherever it went through a file's name."""
    return set(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold().replace("_", " ")))


def _maximum(cells: Mapping[str, str], marks: ClassMarks) -> float:
    """Returns what Moodle takes at most; where the worksheet does not say it, the highest total."""
    shown = value(cells.get("Maximum Grade", ""))
    return max(marks.maximum, *(r.total or 0.0 for r in marks.results.values())) if shown is None else shown


def _other_maximum(marks: ClassMarks, table: Roster) -> list[str]:
    shown = {table.cell(row, "Maximum Grade") for row in table.rows} - {""}
    others = sorted(text for text in shown if _maximum({"Maximum Grade": text}, marks) != marks.maximum)
    return [
        f"the worksheet's maximum is {text}, the lab's {number(marks.maximum)}; grades are points of the "
        "lab, so set the assignment's maximum in Moodle, which passes over a grade above it"
        for text in others[:1]
    ]


def _may_replace(feedback: str | None, lab: str) -> bool:
    """Whether a feedback comment is empty or our own; Moodle's editor puts it into paragraphs."""
    if feedback is None:
        return False
    text = re.sub(r"<[^>]*>", "", feedback).strip()
    return not text or text.startswith(f"{lab}:")


def _feedback(marks: ClassMarks, result: Result, per_check: bool) -> str:
    """Returns the feedback as HTML, which is what Moodle reads."""
    text = f"{marks.lab}: {number(result.total)} of {number(marks.maximum)} points."
    if result.late_penalty:
        text += f" {number(result.late_penalty)} points were subtracted for handing in late."
    if per_check:
        points = (_check(name, result.checks[name]) for name in marks.most if name in result.checks)
        text += f" {'; '.join(points)}."
    return html.escape(" ".join([text, *result.notes]), quote=False)


def _check(name: str, check: CheckResult) -> str:
    return f"{name} {'not yet' if check.points is None else number(check.points)} of {number(check.max)}"
