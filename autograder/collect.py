"""Finds each student's notebook in what the instructor downloaded.

FOLDER/<student>/<lab>.ipynb            one folder per student
FOLDER/<student>/<lab>/<lab>.ipynb      nbgrader's submitted/
FOLDER/<student>.zip                    one zip per student, or one in each student's folder
FOLDER.zip                              a zip of any of these

When it was handed in says FOLDER/<student>/timestamp.txt, or FOLDER/<student>/<lab>/timestamp.txt as nbgrader
has it, wherever the notebook lies. A file of that name that lies deeper, or in a student's zip, may be the
student's own.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.errors import GraderError
from autograder.printable import printable
from autograder.unzip import unzip

_HIDDEN = ("__MACOSX", "__pycache__")
_DEEPEST = 50
_TIME = "timestamp.txt"


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Args:
        student: The student's name: that of the folder or zip.
        path: The notebook; `None` if there is none.
        problem: Why there is none, in words for the student.
        note: What the student should know although there is one.
        stamp: The file that says when it was handed in; `None` if there is none that can be believed.
    """

    student: str
    path: Path | None = None
    problem: str = ""
    note: str = ""
    stamp: Path | None = None


@contextmanager
def collect(folder: Path, lab: str) -> Iterator[list[Submission]]:
    """Finds the submissions to a lab; what had to be unpacked is removed at the end of the `with` block.

    Raises:
        GraderError: There is no such folder, it is a zip that cannot be unpacked, or holds no students.
    """
    if not folder.exists():
        raise GraderError(f"there is no {folder}; expected a folder or zip of submissions")
    with tempfile.TemporaryDirectory(prefix="cvlabs-collect-") as name:
        unpacked = Path(name)
        if folder.is_file():
            if folder.suffix.lower() != ".zip":
                raise GraderError(f"{folder} is a file; expected a folder or a zip of submissions")
            unzip(folder, unpacked / "all")
            folder = unpacked / "all"
        root = _class_folder(folder, lab)
        students = [p for p in sorted(root.iterdir()) if _is_student(p)]
        if not students:
            raise GraderError(f"{root} holds no students; expected {root}/<student>/{lab}.ipynb")
        yield [_submission(path, lab, students, unpacked) for path in students]


def _class_folder(folder: Path, lab: str) -> Path:
    """Goes down through folders that only wrap the class: `submitted`, or what zipping a folder adds."""
    if not folder.is_dir():
        raise GraderError(f"{folder} holds no files")
    start = folder
    for _ in range(_DEEPEST):
        inner = [p for p in folder.iterdir() if not _is_hidden(p)]
        if (folder / "submitted").is_dir() and not (folder / "submitted").is_symlink():
            folder = folder / "submitted"
            continue
        only = inner[0] if len(inner) == 1 else None
        if only is None or only.is_symlink() or not only.is_dir() or _holds_work(only, lab):
            return folder
        folder = only
    return start  # what is wrapped so often is no class: somebody handed that in


def _holds_work(folder: Path, lab: str) -> bool:
    """Whether a folder is a student's: something to grade, a time, a folder of the lab's name, or nothing."""
    inside = [p for p in folder.iterdir() if not _is_hidden(p)]
    if (folder / lab).is_dir() or any(p.suffix.lower() == ".ipynb" or p.name == _TIME for p in inside):
        return True
    return not any(p.is_dir() or p.suffix.lower() == ".zip" for p in inside)


def _is_student(path: Path) -> bool:
    return not _is_hidden(path) and (path.is_dir() or path.suffix.lower() == ".zip")


def _is_usable(student: str) -> bool:
    """Whether nbgrader can work with a name; it takes *, ? and [ for patterns."""
    plain = student.isprintable() and not set(student) & set("*?[")
    return plain and student == student.strip() and len(student) <= 100


def _submission(path: Path, lab: str, students: list[Path], unpacked: Path) -> Submission:
    student = path.name if path.is_dir() else path.stem
    if not _is_usable(student):
        return Submission(
            ascii(student)[:100], problem="The folder's name cannot be used as a student's name."
        )
    if not path.is_dir() and any(other != path and other.name == student for other in students):
        return Submission(
            f"{student}.zip", problem=f"There are a folder and a zip for {student}; the folder counts."
        )
    if path.is_symlink():
        return Submission(
            student, problem="The submission is a link to somewhere else; links are not followed."
        )
    try:
        if path.is_dir():
            return replace(_in_folder(student, path, lab, unpacked), stamp=_stamp(path, lab))
        return _in_zip(student, path, lab, unpacked)
    except GraderError as error:
        return Submission(student, problem=f"{error}.")
    except Exception as error:  # noqa: BLE001  whatever one student hands in, the others are graded
        # An OSError's own words hold the name of the temporary folder.
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problem = f"The submission cannot be read ({type(error).__name__}: {printable(words)})."
        return Submission(student, problem=problem)


def _stamp(folder: Path, lab: str) -> Path | None:
    """The first is an instructor's also where a student has handed in a folder of the lab's name."""
    for place in (folder, folder / lab):
        stamp = place / _TIME
        if stamp.is_file() and not stamp.is_symlink() and not place.is_symlink():
            return stamp
    return None


def _in_folder(student: str, folder: Path, lab: str, unpacked: Path | None) -> Submission:
    files = _below(folder)
    notebooks = [p for p in files if p.suffix.lower() == ".ipynb" and (p.is_file() or p.is_symlink())]
    for exact in (folder / f"{lab}.ipynb", folder / lab / f"{lab}.ipynb"):
        if exact in notebooks:
            return _found(student, exact)
    named = [p for p in notebooks if p.name == f"{lab}.ipynb"]
    if len(named) == 1:
        return _found(student, named[0])
    if len(notebooks) == 1:
        return _found(
            student,
            notebooks[0],
            f"The file is named {printable(notebooks[0].name)}, not {lab}.ipynb; it was taken.",
        )
    if notebooks:
        names = ", ".join(printable(p.relative_to(folder)) for p in notebooks[:5])
        return Submission(
            student, problem=f"There is no {lab}.ipynb, but {len(notebooks)} other notebooks: {names}."
        )
    zips = [p for p in files if p.suffix.lower() == ".zip" and p.is_file() and not p.is_symlink()]
    if len(zips) == 1 and unpacked is not None:
        return _in_zip(student, zips[0], lab, unpacked)
    others = [printable(p.relative_to(folder)) for p in files if p.is_file()]
    found = f"found: {', '.join(others[:5])}" if others else "the folder is empty"
    return Submission(student, problem=f"There is no {lab}.ipynb ({found}).")


def _in_zip(student: str, path: Path, lab: str, unpacked: Path) -> Submission:
    target = Path(tempfile.mkdtemp(dir=unpacked))
    unzip(path, target, max_files=500, max_bytes=200_000_000)
    return _in_folder(student, target, lab, None)


def _found(student: str, path: Path, note: str = "") -> Submission:
    if path.is_symlink() or not path.is_file():
        return Submission(
            student,
            problem=f"{printable(path.name)} is a link to somewhere else; links are not followed.",
        )
    return Submission(student, path, note=note)


def _below(folder: Path) -> list[Path]:
    """Returns all that a folder holds and that is not hidden, without recursion, which deep folders end."""
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        at = waiting.pop()
        if len(at.parts) - len(folder.parts) > _DEEPEST:
            raise GraderError(f"The folders are nested more than {_DEEPEST} deep")
        with suppress(PermissionError):
            inside = [p for p in at.iterdir() if not _is_hidden(p)]
            found += inside
            waiting += [p for p in inside if p.is_dir() and not p.is_symlink()]
    return sorted(found)


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name in _HIDDEN
