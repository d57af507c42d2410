"""Versions of what marks depend on: digests of files, so that nobody has to remember to count one up."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.course import REPOSITORY
from autograder.kernels.view import kernel_files

_LIBRARIES = ("keras", "tensorflow", "tensorflow-cpu", "numpy", "nbgrader", "nbclient", "ipykernel")
_LETTERS = 16


@cache
def grader_version() -> str:
    """Returns the version of all code that executes and judges, and of the libraries below it."""
    folders = (REPOSITORY / "autograder", REPOSITORY / "cvlabs")
    files = (path for folder in folders for path in folder.rglob("*.py") if "course" not in path.parts)
    return _digest(files, *(f"{name} {_installed(name)}" for name in _LIBRARIES))


def lab_version(folder: Path) -> str:
    """Returns the version of a lab: of its release, and of what its kernels may import.

    Evidence depends on it, so a submission is executed again when it changes, and not judged again before.
    The tasks are part of it, which draw the cases: evidence made on others would fail right answers. A change
    of the judge alone (`judge.py`, `answers/`) does not change it: what was executed can be judged again.

    Args:
        folder: The lab's folder in the course's `release`.
    """
    released = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return _digest([*released, *kernel_files()])


def _digest(files: Iterable[Path], *more: str) -> str:
    hashed = hashlib.sha256()
    for path in sorted(files):
        hashed.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        hashed.update(path.read_bytes())
    for text in more:
        hashed.update(text.encode())
    return hashed.hexdigest()[:_LETTERS]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
