"""The names under which Canvas and Moodle hand out what students submitted.

Canvas          lovelaceada_LATE_101_5001_lab.ipynb: name, whether late, user, attachment, file
Moodle, flat    Ada Lovelace_101_assignsubmission_file_lab.ipynb: name, participant, file
Moodle          Ada Lovelace_101_assignsubmission_file/lab.ipynb

Reference: canvas-lms, `lib/content_zipper.rb`; moodle, `mod/assign/classes/downloader.php`.
"""

import re
from dataclasses import dataclass

_CANVAS = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)")
_MOODLE = re.compile(r"(?P<student>.+_\d+_assignsubmission_file)_(?P<file>.+)")
_MOODLE_FOLDER = re.compile(r"(?P<name>.*)_(?P<participant>\d+)_assignsubmission_(?P<kind>\w*?)_?")


@dataclass(frozen=True)
class NamedFile:
    """A file of a student's, as an LMS named it.

    Args:
        student: The student, under the same name for every file and every time the class is downloaded.
        file: The name that the file had before.
        is_late: Whether the name says that it was handed in late.
    """

    student: str
    file: str
    is_late: bool = False


def named_file(name: str) -> NamedFile | None:
    """Reads the name of a file; `None` if it is none that an LMS gives."""
    if found := _MOODLE.fullmatch(name):
        return NamedFile(found["student"], found["file"])
    if found := _CANVAS.fullmatch(name):
        return NamedFile(f"{found['name']}_{found['user']}", found["file"], found["late"] is not None)
    return None


def canvas_student(sortable_name: str, user: str) -> str:
    """Returns the `NamedFile.student` of a line of Canvas's: `Lovelace, Ada`, `101` -> `lovelaceada_101`."""
    name = re.sub(r"\W", "", re.sub(r"_(\d+)_", r"\1", sortable_name).lower())
    return f"{name}_{user}"


@dataclass(frozen=True)
class MoodleFolder:
    """A folder of a student's, as Moodle named it; or a `NamedFile.student`.

    Args:
        name: The student's name, as far as it can be in a file's name.
        participant: Moodle's number for the student, or for a team.
        kind: What is in it: `"file"`, `"onlinetext"`, …
    """

    name: str
    participant: str
    kind: str


def moodle_folder(name: str) -> MoodleFolder | None:
    """Reads the name of a folder; `None` if it is none of Moodle's."""
    found = _MOODLE_FOLDER.fullmatch(name)
    return MoodleFolder(**found.groupdict()) if found else None
