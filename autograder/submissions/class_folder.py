"""Finds the folder whose folders are the students, in what may be wrapped.

Nearly always it is the folder that was given. Where that holds one folder alone, this may be a student's, or
only wrap the class. A student must not be recorded under the name of a folder deeper in their work, so it is
a student's unless something speaks for a class.
"""

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from autograder.errors import GraderError
from autograder.submissions.lms_names import named_file
from autograder.submissions.printable import printable
from autograder.submissions.walk import DEEPEST, below, is_folder, is_hidden, visible

TIME = "timestamp.txt"
_SUBMITTED = "submitted"
_COPY = re.compile(r" ?\(\d+\)$")  # what browsers add to the name of a file that is there already


def class_folder(given: Path, start: Path, lab: str, tell: Callable[[str], None]) -> Path:
    """Returns the folder of the students.

    Args:
        given: What the instructor gave, for messages.
        start: The same as a folder, of the same name.
        lab: Name of the lab.
        tell: Gets a line that says what was taken, unless that is certain.

    Raises:
        GraderError: It holds no files, or one folder that may as well be a student's as the class.
    """
    if not start.is_dir():
        raise GraderError(f"{given} holds no files")
    folder = start
    for _ in range(DEEPEST):
        if is_folder(folder / _SUBMITTED):
            return folder / _SUBMITTED
        only = _only_folder(folder)
        if only is None or _is_certainly_a_students(only, lab):
            break
        if not _wraps(given, folder, only, lab):
            tell(
                f"{printable(only.name)!r}, alone in {given}, is taken for a student; if it holds the class, "
                "give that folder"
            )
            break
        folder = only
    else:
        return start  # what is wrapped so often is no class: somebody handed that in
    if folder != start:
        shown = printable(folder.relative_to(start))
        tell(f"the folders in {shown!r}, alone in {given}, are taken for the students")
    return folder


def is_student(path: Path) -> bool:
    """Whether something in the folder of the class is a student's: a folder or a zip."""
    return not is_hidden(path) and (path.is_dir() or path.suffix.lower() == ".zip")


def _only_folder(folder: Path) -> Path | None:
    inside = visible(folder)
    return inside[0] if len(inside) == 1 and is_folder(inside[0]) else None


def _is_certainly_a_students(folder: Path, lab: str) -> bool:
    """Whether there is something to grade, a time, a folder of the lab's name, or nothing."""
    inside = visible(folder)
    if _is_flat(folder):
        return False
    return (
        _is_marked(folder, lab)
        or any(p.suffix.lower() == ".ipynb" for p in inside)
        or not any(is_student(p) for p in inside)
    )


def _is_marked(folder: Path, lab: str) -> bool:
    """Whether there is what an instructor, or nbgrader, puts into a student's folder."""
    return (folder / lab).is_dir() or (folder / TIME).exists()


def _is_flat(folder: Path) -> bool:
    """Whether the files of a class lie side by side, named by an LMS; a student's own are named otherwise."""
    files = [path for path in visible(folder) if path.suffix.lower() in (".ipynb", ".zip")]
    return bool(files) and all(named_file(path.name) for path in files)


def _wraps(given: Path, folder: Path, only: Path, lab: str) -> bool:
    """Whether a folder that lies alone only wraps the class: by its name, or by what is in it."""
    if only.name == _COPY.sub("", folder.name):
        return True  # zipping a folder, and unpacking, adds that
    for _ in range(DEEPEST):
        if _is_flat(only):
            return True
        submitted = only / _SUBMITTED
        if is_folder(submitted) and any((student / lab).is_dir() for student in visible(submitted)):
            return True
        candidates = [path for path in visible(only) if is_student(path)]
        if any(_is_marked(path, lab) for path in candidates if is_folder(path)):
            return True
        with_work = len(list(islice((path for path in candidates if _holds_work(path)), 2)))
        if with_work > 1:
            return True
        if with_work == 1 and len(candidates) > 1:
            raise GraderError(
                f"{given} holds one folder, {printable(only.name)!r}, which may be a student's or hold the "
                f"class; expected a folder or a zip for each student. If it holds the class, give that folder"
                f" (of a zip, once it is unpacked); if it is a student's, put it into a folder {_SUBMITTED!r}"
            )
        deeper = _only_folder(only)
        if deeper is None or _is_certainly_a_students(deeper, lab):
            return False
        only = deeper
    return False


def _holds_work(path: Path) -> bool:
    if not is_folder(path):
        return path.suffix.lower() == ".zip"
    try:
        return any(inside.suffix.lower() in (".ipynb", ".zip") for inside in below(path))
    except GraderError:  # too deep for one look, so there is something
        return True
