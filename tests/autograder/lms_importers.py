"""How Canvas and Moodle read a file of grades, after their sources; oracles for what we write.

Canvas: canvas-lms, `lib/gradebook_importer.rb`. Moodle: `mod/assign/feedback/offline/importgradeslib.php` and
`locallib.php`, and `grade/import/csv/classes/load_data.php`.
"""

import csv
import io
import re


def canvas_import(data: bytes, people: dict[int, tuple[str, str, str]]) -> tuple[dict, dict]:
    """Reads a gradebook file as Canvas does.

    Args:
        data: The file.
        people: Canvas id -> name, SIS user id, SIS login id.

    Returns:
        Points possible by heading, and (heading, Canvas id) -> grade; somebody unknown has the id 0.
    """
    lines = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    assert len({len(line) for line in lines[:3]}) == 1  # the separator is guessed from this
    header = lines[0]
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert len(header) > 3
    sis_user = sis_login = None
    count = 3
    if re.search(r"SIS\s+Login\s+ID", header[2]):
        sis_login, count = 2, 4
    elif re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        more = ["Integration" in header[4], "Root" in header[4] or "Root" in header[5]]
        sis_user, sis_login, count = 2, 3, 5 + sum(more)
    assert "Section" in header[count - 1]
    possible, grades = {}, {}
    for line in lines[1:]:
        if "Points Possible" in line[0]:
            possible = dict(zip(header[count:], line[count:], strict=True))
            continue
        who = int(line[1]) if line[1].isdigit() and int(line[1]) in people else 0
        for column, index in ((sis_user, 1), (sis_login, 2)):
            if not who and column and line[column]:
                who = next((i for i, person in people.items() if person[index] == line[column]), 0)
        who = who or next((i for i, person in people.items() if person[0] == line[0]), 0)
        for heading, cell in zip(header[count:], line[count:], strict=True):
            grades[heading, who] = cell.strip()
    return possible, grades


def moodle_worksheet_import(data: bytes, participants: set[int], maximum: float) -> tuple[dict, dict]:
    """Reads a grading worksheet as the assignment does: participant -> new grade, and -> new feedback."""
    lines = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    columns = lines[0]
    identifier, grade = columns.index("Identifier"), columns.index("Grade")
    assert "Last modified (grade)" in columns
    feedback = columns.index("Feedback comments") if "Feedback comments" in columns else None
    grades, comments = {}, {}
    for line in lines[1:]:
        who = line[identifier][len("Participant ") :]
        if not who.isdigit() or int(who) not in participants:
            continue
        value = float(line[grade]) if line[grade] else None
        if value is not None and 0 <= value <= maximum:
            grades[int(who)] = value
        if feedback is not None:
            comments[int(who)] = line[feedback]
    return grades, comments


def moodle_grade_import(data: bytes, users: set[str]) -> dict[str, float]:
    """Reads a file for a new grade item: the first column says who, the second what.

    As there, an unknown user ends the whole import, and an empty grade is stored as 0.
    """
    grades = {}
    for line in list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))[1:]:
        if line[0] not in users:
            raise LookupError(line[0])
        if line[1].strip() != "-":
            grades[line[0]] = float(line[1] or 0)
    return grades
