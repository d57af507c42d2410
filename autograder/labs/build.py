"""solutions/ -> nbgrader's source -> nbgrader's release -> labs/.

nbgrader itself makes the student's version (GenerateAssignment). Building twice gives the same bytes. Only
figures and the notebook are copied; nothing else beside a source reaches the students.
"""

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells

from autograder.course import REPOSITORY, Course, make_folder
from autograder.errors import GraderError
from autograder.gradebook.connection import check_gradebook, gradebook_connection
from autograder.gradebook.lab import read_gradebook_lab
from autograder.nbgrader_config import write_course_config
from autograder.nbgrader_run import run_converter
from autograder.labs.source import digest, read_source
from autograder.versions import grader_version

FIGURES = (".png", ".svg")
_PATIENCE_SECONDS = 10


Checks = Mapping[str, Mapping[str, float]]
"""lab -> check -> points"""


def known_checks() -> Checks:
    """Returns the checks of cvlabs and what each is worth, without loading TensorFlow into this process."""
    program = (
        "import json; from cvlabs.checks.tasks import TASKS;"
        "print(json.dumps({lab: {t.name: t.points for t in tasks.values()} for lab, tasks in TASKS.items()}))"
    )
    environment = os.environ | {"KERAS_BACKEND": "numpy", "PYTHONPATH": str(REPOSITORY)}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    if run.returncode:
        raise GraderError(f"cvlabs.checks does not import: {run.stderr.strip().splitlines()[-1:]}")
    checks: Checks = json.loads(run.stdout.splitlines()[-1])
    return checks


def build_course(course: Course, lab: str, checks: Checks, *, database: bool = True) -> Path:
    """Builds a lab inside the course folder.

    Args:
        course: The course.
        lab: Name of the lab.
        checks: The known checks; of these, the source may use its own lab's.
        database: Whether to record the lab in the gradebook.

    Returns:
        The folder that holds exactly what students get.

    Raises:
        GraderError: The source is wrong, the gradebook or the course folder cannot be used, or the gradebook
            holds submissions to a lab with other cells.
    """
    make_folder(course.log)
    if database:
        check_gradebook(course, _PATIENCE_SECONDS)
    source = course.solutions / lab / f"{lab}.py"
    notebook = read_source(source, checks.get(lab, {}))
    notebook.metadata["cvlabs"] = {
        "generated": f"from solutions/{lab}/{lab}.py by python -m autograder build"
    }
    target = course.root / "source" / lab
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    nbformat.write(notebook, target / f"{lab}.ipynb")
    for figure in _figures(source.parent):
        destination = target / figure.relative_to(source.parent)
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(figure, destination)
    write_course_config(course)
    steps = GenerateAssignment.preprocessors.default()
    if not database:
        steps = [step for step in steps if step is not SaveCells]
    try:
        run_converter(GenerateAssignment, course, lab, no_database=not database, preprocessors=steps)
    except GraderError as error:
        advice = _other_cells(course, lab) if "Cannot add or remove cells" in str(error) else ""
        raise GraderError(f"{source}: nbgrader cannot release the lab: {error}{advice}") from error
    release = course.root / "release" / lab
    _sign(release / f"{lab}.ipynb")
    if database:
        built = _built(course, lab)
        built.parent.mkdir(exist_ok=True)
        built.write_text(_state(course, lab))
    return release


def ensure_course(course: Course, lab: str) -> Path:
    """Builds a lab inside the course folder, unless nothing has changed since it was built there last.

    Returns:
        As `build_course`.

    Raises:
        GraderError: As `build_course`.
    """
    built = _built(course, lab)
    if built.is_file() and built.read_text() == _state(course, lab) and _in_gradebook(course, lab):
        write_course_config(course)  # it lies outside of what is compared
        return course.root / "release" / lab
    return build_course(course, lab, known_checks())


def build(course: Course, lab: str, checks: Checks, *, overwrite: bool = False) -> Path:
    """Builds a lab and puts it into labs/.

    Args:
        course: The course.
        lab: Name of the lab.
        checks: The known checks; of these, the source may use its own lab's.
        overwrite: Replace a notebook in labs/ that somebody has worked in.

    Returns:
        The lab's folder in labs/.

    Raises:
        GraderError: As `build_course`; also if somebody has worked in the notebook that would be replaced.
    """
    target = course.labs / lab
    if not overwrite and _was_edited(target / f"{lab}.ipynb"):
        raise GraderError(
            f"{target / f'{lab}.ipynb'} holds somebody's work; move it away, or build --overwrite to lose it"
        )
    release = build_course(course, lab, checks)
    for path in stale_files(release, target):
        (target / path).unlink(missing_ok=True)
        if (release / path).is_file():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(release / path, target / path)
    return target


def check(course: Course, checks: Checks) -> list[Path]:
    """Builds every lab elsewhere and compares; changes nothing.

    Returns:
        The files in labs/ that are missing, out of date or left over.
    """
    stale: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="cvlabs-build-") as folder:
        elsewhere = Course(Path(folder), course.solutions, course.labs)
        for lab in course.lab_names():
            release = build_course(elsewhere, lab, checks, database=False)
            stale += [course.labs / lab / path for path in stale_files(release, course.labs / lab)]
    strangers = {p.name for p in course.labs.glob("*/") if not p.name.startswith(".")} - {*course.lab_names()}
    return stale + [course.labs / name for name in sorted(strangers)]


def stale_files(release: Path, target: Path) -> list[Path]:
    """Returns the relative paths of files that differ between a release and a lab's folder."""
    paths = {p.relative_to(root) for root in (release, target) for p in root.rglob("*") if p.is_file()}
    wanted = (p for p in paths if not any(part.startswith(".") for part in p.parts))
    return sorted(p for p in wanted if _bytes(release / p) != _bytes(target / p))


def _built(course: Course, lab: str) -> Path:
    """The file that says what a lab in the course folder was built from, and what came of it."""
    return course.root / ".built" / lab


def _state(course: Course, lab: str) -> str:
    """A digest of all that a build depends on, and of what lies where it puts its files."""
    hashed = hashlib.sha256(f"{grader_version()}\0{course.database}".encode())
    for folder in (course.solutions, course.root / "source", course.root / "release"):
        for path in sorted(p for p in (folder / lab).rglob("*") if p.is_file()):
            hashed.update(f"\0{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            hashed.update(path.read_bytes())
    return hashed.hexdigest()


def _other_cells(course: Course, lab: str) -> str:
    remove = f"cd {shlex.quote(str(course.root))} && nbgrader db assignment remove {lab} --force"
    return (
        "; undo that in the source, or grade in another --course, or take all marks of the lab, those by hand too,"
        f" out of this gradebook: {remove}"
    )


def _in_gradebook(course: Course, lab: str) -> bool:
    try:
        with gradebook_connection(course, _PATIENCE_SECONDS) as db:
            read_gradebook_lab(db, lab)
    except GraderError:  # building meets it again, or mends it
        return False
    return True


def _figures(folder: Path) -> list[Path]:
    files = (p for p in folder.rglob("*") if p.suffix.lower() in FIGURES and p.is_file())
    return sorted(p for p in files if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _sign(path: Path) -> None:
    """Records in the notebook what its cells say, so that work in it is noticed before it is replaced."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["cvlabs"]["digest"] = digest(notebook)
    nbformat.write(notebook, path)


def _was_edited(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        notebook = nbformat.read(path, as_version=4)
    except ValueError:  # not a notebook any more: nothing that we generated
        return True
    return bool(notebook.metadata.get("cvlabs", {}).get("digest") != digest(notebook))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
