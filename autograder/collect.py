"""Finds each student's notebook in what the instructor downloaded.

FOLDER/<student>/<lab>.ipynb            one folder per student
FOLDER/<student>/<lab>/<lab>.ipynb      nbgrader's submitted/
FOLDER/<student>.zip                    one zip per student, or one in each student's folder
FOLDER.zip                              a zip of any of these

Around the students there may be a folder `submitted`, and folders that only wrap the class (`class_folder`
says which).

When it was handed in says FOLDER/<student>/timestamp.txt, or FOLDER/<student>/<lab>/timestamp.txt as nbgrader
has it, wherever the notebook lies. A file of that name that lies deeper, or in a student's zip, may be the
student's own.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.class_folder import TIME, class_folder, is_student
from autograder.errors import GraderError
from autograder.machine_faults import MachineFault, NoRights, machine_faults_told
from autograder.printable import printable
from autograder.unzip import unzip
from autograder.walk import below, is_hidden

_LEFT_OUT_TOLD = 3


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Args:
        student: The student's name: that of the folder or zip.
        path: The notebook; `None` if there is none.
        problem: Why there is none, in words for the student.
        note: What the student should know although there is one.
        fault: Why this machine could not look for it, which is no fault of the student's.
        stamp: The file that says when it was handed in; `None` if there is none that can be believed.
    """

    student: str
    path: Path | None = None
    problem: str = ""
    note: str = ""
    fault: str = ""
    stamp: Path | None = None


@contextmanager
def collect(
    folder: Path, lab: str, tell: Callable[[str], None] = lambda line: None
) -> Iterator[list[Submission]]:
    """Finds the submissions to a lab; what had to be unpacked is removed at the end of the `with` block.

    Args:
        folder: The folder, or a zip of it.
        lab: Name of the lab.
        tell: Gets a line where it is not quite certain which folders are the students'.

    Raises:
        GraderError: There is no such folder, it is a zip that cannot be unpacked, holds no students, or one
            folder that may be a student's or the class.
        MachineFault: This machine cannot read or unpack it, for want of room or of rights.
    """
    with machine_faults_told(folder):
        temporary = tempfile.TemporaryDirectory(prefix="cvlabs-collect-")
    with temporary as name:
        with machine_faults_told(folder):
            submissions = _submissions(folder, lab, tell, Path(name))
        yield submissions


def _submissions(folder: Path, lab: str, tell: Callable[[str], None], unpacked: Path) -> list[Submission]:
    if not folder.exists():
        raise GraderError(f"there is no {folder}; expected a folder or zip of submissions")
    start, left_out = folder, dict[Path, str]()
    if folder.is_file():
        if folder.suffix.lower() != ".zip":
            raise GraderError(f"{folder} is a file; expected a folder or a zip of submissions")
        start = unpacked / folder.stem  # a folder of this name in it only wraps the class
        left_out = unzip(folder, start, (".ipynb", ".zip", TIME))
    root = class_folder(folder, start, lab, tell)
    students = sorted({*filter(is_student, root.iterdir()), *_left_out_students(root, left_out)})
    if not students:
        raise GraderError(f"{root} holds no students; expected {root}/<student>/{lab}.ipynb")
    return [_submission(path, lab, students, left_out, unpacked) for path in students]


def _left_out_students(root: Path, left_out: Mapping[Path, str]) -> list[Path]:
    """Returns what would be a student's, were it not a link or too large; each must have a line."""
    at_root = (path for path in left_out if path.parent == root and not is_hidden(path))
    return [path for path in at_root if path.suffix.lower() != ".ipynb" and path.name != TIME]


def _is_usable(student: str) -> bool:
    """Whether nbgrader can work with a name; it takes *, ? and [ for patterns."""
    plain = student.isprintable() and not set(student) & set("*?[")
    return plain and student == student.strip() and len(student) <= 100


def _submission(
    path: Path, lab: str, students: list[Path], left_out: Mapping[Path, str], unpacked: Path
) -> Submission:
    student = path.stem if path.suffix.lower() == ".zip" and not path.is_dir() else path.name
    if not _is_usable(student):
        return Submission(
            ascii(student)[:100], problem="The folder's name cannot be used as a student's name."
        )
    if not path.is_dir() and any(other != path and other.name == student for other in students):
        return Submission(
            f"{student}.zip", problem=f"There are a folder and a zip for {student}; the folder counts."
        )
    if path in left_out:
        return Submission(student, problem=left_out[path])
    if path.is_symlink():
        return Submission(
            student, problem="The submission is a link to somewhere else; links are not followed."
        )
    try:
        with machine_faults_told(path):
            if not path.is_dir():
                return _in_zip(student, path, lab, unpacked)
            inside = {place: why for place, why in left_out.items() if path in place.parents}
            found = _in_folder(student, path, lab, inside, unpacked)
            return replace(_with_left_out(found, inside), stamp=_stamp(path, lab))
    except NoRights as error:
        return Submission(student, fault=str(error))
    except MachineFault:
        raise
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
        stamp = place / TIME
        if stamp.is_file() and not stamp.is_symlink() and not place.is_symlink():
            return stamp
    return None


def _in_folder(
    student: str, folder: Path, lab: str, left_out: Mapping[Path, str], unpacked: Path | None
) -> Submission:
    """Finds the notebook; what was left out is found too, with the reason for a problem."""
    files = sorted({*below(folder), *left_out})
    notebooks = [p for p in files if p.suffix.lower() == ".ipynb" and _is_file(p, left_out)]
    for exact in (folder / f"{lab}.ipynb", folder / lab / f"{lab}.ipynb"):
        if exact in notebooks:
            return _found(student, exact, left_out)
    named = [p for p in notebooks if p.name == f"{lab}.ipynb"]
    if len(named) == 1:
        return _found(student, named[0], left_out)
    if len(notebooks) == 1:
        shown = printable(notebooks[0].name)
        note = f"The file is named {shown}, not {lab}.ipynb; it was taken."
        return _found(student, notebooks[0], left_out, note)
    if notebooks:
        names = ", ".join(printable(p.relative_to(folder)) for p in notebooks[:5])
        return Submission(
            student, problem=f"There is no {lab}.ipynb, but {len(notebooks)} other notebooks: {names}."
        )
    zips = [p for p in files if p.suffix.lower() == ".zip" and _is_file(p, left_out) and not p.is_symlink()]
    if len(zips) == 1 and unpacked is not None:
        if zips[0] in left_out:
            return Submission(student, problem=left_out[zips[0]])
        return _in_zip(student, zips[0], lab, unpacked)
    others = [printable(p.relative_to(folder)) for p in files if p.is_file() or p in left_out]
    found = f"found: {', '.join(others[:5])}" if others else "the folder is empty"
    return Submission(student, problem=f"There is no {lab}.ipynb ({found}).")


def _is_file(path: Path, left_out: Mapping[Path, str]) -> bool:
    return path.is_file() or path.is_symlink() or path in left_out


def _in_zip(student: str, path: Path, lab: str, unpacked: Path) -> Submission:
    target = Path(tempfile.mkdtemp(dir=unpacked))
    left_out = unzip(path, target, (".ipynb",), max_files=500, max_bytes=200_000_000)
    return _with_left_out(_in_folder(student, target, lab, left_out, None), left_out)


def _found(student: str, path: Path, left_out: Mapping[Path, str], note: str = "") -> Submission:
    if path in left_out:
        return Submission(student, problem=left_out[path])
    if path.is_symlink() or not path.is_file():
        return Submission(
            student,
            problem=f"{printable(path.name)} is a link to somewhere else; links are not followed.",
        )
    return Submission(student, path, note=note)


def _with_left_out(found: Submission, left_out: Mapping[Path, str]) -> Submission:
    """Tells the student what of a zip was left out, some of it if it is much."""
    told = found.problem if found.path is None else found.note
    reasons = [why for why in left_out.values() if why not in told]
    more = f" So were {len(reasons) - _LEFT_OUT_TOLD} other files." if len(reasons) > _LEFT_OUT_TOLD else ""
    text = " ".join(filter(None, [told, *reasons[:_LEFT_OUT_TOLD]])) + more
    return replace(found, problem=text) if found.path is None else replace(found, note=text)
