"""Finds each student's notebook in what the instructor downloaded.

FOLDER/<student>/<lab>.ipynb            one folder per student
FOLDER/<student>/<lab>/<lab>.ipynb      nbgrader's submitted/
FOLDER/<student>.zip                    one zip per student, or one in each student's folder
FOLDER/<as Canvas or Moodle name it>    the files of all students side by side, see `lms_names`
FOLDER.zip                              a zip of any of these

Around the students there may be a folder `submitted`, and folders that only wrap the class (`class_folder`
says which).

A name is the same however its accents are written, which file systems and zip programs change on the way.

When it was handed in says FOLDER/<student>/timestamp.txt, or FOLDER/<student>/<lab>/timestamp.txt as nbgrader
has it, wherever the notebook lies. A file of that name that lies deeper, or in a student's zip, may be the
student's own.
"""

import re
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from autograder.errors import GraderError
from autograder.submissions.class_folder import TIME, class_folder, is_student
from autograder.submissions.lms_names import moodle_folder, named_file
from autograder.submissions.machine_faults import MachineFault, NoRights, machine_faults_told
from autograder.submissions.printable import printable
from autograder.submissions.unzip import unzip
from autograder.submissions.walk import below, is_hidden

_LEFT_OUT_TOLD = 3
_NAMED = 5
_COPY = re.compile(r"-\d+|-Copy\d+| ?\(\d+\)")
"""What Canvas, Jupyter and browsers add to the name of a file that is there already."""

_Files = Mapping[Path, Path]
"""What a student handed in: under which name, and where it lies."""

_NameOf = Callable[[str], str]
"""Gives the student's name for that of a folder or file."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Args:
        student: The student's name: that of the folder or zip, as a rule in Unicode's composed form (NFC).
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
    folder: Path,
    lab: str,
    tell: Callable[[str], None] = lambda line: None,
    *,
    is_collected: bool = False,
) -> Iterator[list[Submission]]:
    """Finds the submissions to a lab; what had to be unpacked is removed at the end of the `with` block.

    Args:
        folder: The folder, or a zip of it.
        lab: Name of the lab.
        tell: Gets a line on what the instructor should look at: where it is not quite certain which folders
            are the students', and what is nobody's.
        is_collected: Whether nbgrader collected them, and knows students by the very names of their folders.

    Raises:
        GraderError: There is no such folder, it is a zip that cannot be unpacked, holds no students, or one
            folder that may be a student's or the class.
        MachineFault: This machine cannot read or unpack it, for want of room or of rights.
    """
    with machine_faults_told(folder):
        temporary = tempfile.TemporaryDirectory(prefix="cvlabs-collect-")
    name_of = str if is_collected else partial(unicodedata.normalize, "NFC")
    with temporary as name:
        with machine_faults_told(folder):
            submissions = _submissions(folder, lab, tell, Path(name), name_of)
        yield submissions


def _submissions(
    folder: Path, lab: str, tell: Callable[[str], None], unpacked: Path, name_of: _NameOf
) -> list[Submission]:
    if not folder.exists():
        raise GraderError(f"there is no {folder}; expected a folder or zip of submissions")
    start, left_out = folder, dict[Path, str]()
    if folder.is_file():
        if folder.suffix.lower() != ".zip":
            raise GraderError(f"{folder} is a file; expected a folder or a zip of submissions")
        start = unpacked / folder.stem  # a folder of this name in it only wraps the class
        left_out = unzip(folder, start, (".ipynb", ".zip", TIME))
    root = class_folder(folder, start, lab, tell)
    at_root = {*root.iterdir(), *(path for path in left_out if path.parent == root)}
    loose = sorted(path for path in at_root if not path.is_dir() and not is_hidden(path))
    flat = _flat(loose, tell, name_of)
    in_folders = {*filter(is_student, root.iterdir()), *_left_out_students(root, left_out)}
    students = _without_texts(
        sorted(in_folders - {path for files in flat.values() for path in files.values()})
    )
    nobodys = [p.name for p in loose if p.suffix.lower() == ".ipynb" and named_file(p.name) is None]
    if not students and not flat:
        instead = f", but notebooks beside each other: {_some(nobodys)}" if nobodys else ""
        raise GraderError(f"{folder} holds no students{instead}; expected {folder}/<student>/{lab}.ipynb")
    if nobodys:
        tell(f"not graded, because they lie in no student's folder: {_some(nobodys)}")
    names = {path: name_of(path.name if path.is_dir() else _stem(path)) for path in students}
    counting = _counting(names)
    found = [_submission(s, path, lab, counting[s], left_out, unpacked) for path, s in names.items()]
    taken = {submission.student for submission in found}
    found += [_in_flat(s, files, lab, left_out, unpacked, s in taken) for s, files in flat.items()]
    return sorted(found, key=lambda submission: submission.student)


def _flat(loose: list[Path], tell: Callable[[str], None], name_of: _NameOf) -> dict[str, _Files]:
    """Returns the files that an LMS named after their students, by student."""
    flat: dict[str, dict[Path, Path]] = defaultdict(dict)
    late = set()
    for path in loose:
        named = named_file(path.name)
        if named is not None:
            student = name_of(named.student)
            files = flat[student]
            files[Path(path.name if Path(named.file) in files else named.file)] = path
            late |= {student} if named.is_late else set()
    if late:
        tell(f"Canvas marks as late, but does not say when, so they count as on time: {_some(sorted(late))}")
    return dict(flat)


def _without_texts(students: list[Path]) -> list[Path]:
    """Leaves out the folders in which Moodle puts what somebody wrote online beside a file."""
    folders = {path: moodle_folder(path.name) for path in students}
    with_file = {(f.name, f.participant) for f in folders.values() if f and f.kind == "file"}
    return [
        path
        for path, f in folders.items()
        if f is None or f.kind == "file" or (f.name, f.participant) not in with_file
    ]


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(map(printable, names[:_NAMED])) + more


def _left_out_students(root: Path, left_out: Mapping[Path, str]) -> list[Path]:
    """Returns what would be a student's, were it not a link or too large; each must have a line."""
    at_root = (path for path in left_out if path.parent == root and not is_hidden(path))
    return [path for path in at_root if path.suffix.lower() != ".ipynb" and path.name != TIME]


def _is_usable(student: str) -> bool:
    """Whether nbgrader can work with a name; it takes *, ? and [ for patterns."""
    plain = student.isprintable() and not set(student) & set("*?[")
    return plain and student == student.strip() and len(student) <= 100


def _listed(student: str) -> str:
    """Returns how a name is listed that cannot be used; long names that begin alike are told apart."""
    name = ascii(student)
    return name if len(name) <= 100 else f"{name[:90]}...{sha256(name.encode()).hexdigest()[:7]}"


def _submission(
    student: str, path: Path, lab: str, counts: Path, left_out: Mapping[Path, str], unpacked: Path
) -> Submission:
    if not _is_usable(student):
        return Submission(_listed(student), problem="The folder's name cannot be used as a student's name.")
    if path != counts:
        return _passed_over(path, student, counts)
    if path in left_out:
        return Submission(student, problem=left_out[path])
    if path.is_symlink():
        return Submission(
            student, problem="The submission is a link to somewhere else; links are not followed."
        )

    def look() -> Submission:
        if not path.is_dir():
            return _in_zip(student, path, lab, unpacked)
        inside = {place: why for place, why in left_out.items() if path in place.parents}
        found = _in_folder(student, path, lab, inside, unpacked)
        return replace(_with_left_out(found, inside), stamp=_stamp(path, lab))

    return _looked(student, path, look)


def _stem(path: Path) -> str:
    return path.stem if path.suffix.lower() == ".zip" else path.name


def _counting(names: Mapping[Path, str]) -> dict[str, Path]:
    """Returns what counts for each student: a folder rather than a zip, the first of two of a kind."""
    counting: dict[str, Path] = {}
    for path in sorted(names, key=lambda path: (not path.is_dir(), path.name)):
        counting.setdefault(names[path], path)
    return counting


def _passed_over(path: Path, student: str, counts: Path) -> Submission:
    """Returns how a second folder or zip of a student is listed."""
    if path.is_dir() or not counts.is_dir():
        kind = "folders" if path.is_dir() else "zips"
        problem = f"There are two {kind} for {student}; the one named {counts.name!a} counts."
        return Submission(_listed(path.name), problem=problem)
    problem = f"There are a folder and a zip for {student}; the folder counts."
    return Submission(f"{student}.zip", problem=problem)


def _in_flat(
    student: str, files: _Files, lab: str, left_out: Mapping[Path, str], unpacked: Path, is_taken: bool
) -> Submission:
    if not _is_usable(student):
        return Submission(_listed(student), problem="The files' name cannot be used as a student's name.")
    if is_taken:
        problem = f"There are a folder and files beside it for {student}; the folder counts."
        return Submission(f"{student} (files)", problem=problem)
    inside = {place: left_out[place] for place in files.values() if place in left_out}
    first = min(files.values())
    return _looked(
        student, first, lambda: _with_left_out(_among(student, files, lab, inside, unpacked), inside)
    )


def _looked(student: str, path: Path, look: Callable[[], Submission]) -> Submission:
    """Looks for a student's notebook; whatever goes wrong there, the others are graded."""
    try:
        with machine_faults_told(path):
            return look()
    except NoRights as error:
        return Submission(student, fault=str(error))
    except MachineFault:
        raise
    except GraderError as error:
        return Submission(student, problem=f"{error}.")
    except Exception as error:  # noqa: BLE001  see above
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
    files = {path.relative_to(folder): path for path in sorted({*below(folder), *left_out})}
    return _among(student, files, lab, left_out, unpacked)


def _among(
    student: str, files: _Files, lab: str, left_out: Mapping[Path, str], unpacked: Path | None
) -> Submission:
    """Finds the notebook; what was left out is found too, with the reason for a problem."""
    notebooks = [n for n, p in files.items() if n.suffix.lower() == ".ipynb" and _is_file(p, left_out)]
    for exact in (Path(f"{lab}.ipynb"), Path(lab, f"{lab}.ipynb")):
        if exact in notebooks:
            return _found(student, files[exact], left_out)
    for fits in (lambda name: name.name == f"{lab}.ipynb", lambda name: _is_copy(name, lab)):
        named = [name for name in notebooks if fits(name)]
        if len(named) == 1:
            return _found(student, files[named[0]], left_out)
        if named:
            break
    if len(notebooks) == 1:
        note = f"The file is named {printable(notebooks[0].name)}, not {lab}.ipynb; it was taken."
        return _found(student, files[notebooks[0]], left_out, note)
    if notebooks:
        names = ", ".join(printable(name) for name in notebooks[:5])
        return Submission(
            student, problem=f"There is no {lab}.ipynb, but {len(notebooks)} other notebooks: {names}."
        )
    zips = [
        p
        for n, p in files.items()
        if n.suffix.lower() == ".zip" and _is_file(p, left_out) and not p.is_symlink()
    ]
    if len(zips) == 1 and unpacked is not None:
        if zips[0] in left_out:
            return Submission(student, problem=left_out[zips[0]])
        return _in_zip(student, zips[0], lab, unpacked)
    others = [printable(name) for name, path in files.items() if path.is_file() or path in left_out]
    found = f"found: {', '.join(others[:5])}" if others else "the folder is empty"
    return Submission(student, problem=f"There is no {lab}.ipynb ({found}).")


def _is_copy(name: Path, lab: str) -> bool:
    """Whether a program, and not the student, gave a file its name."""
    return name.stem.startswith(lab) and _COPY.fullmatch(name.stem.removeprefix(lab)) is not None


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
