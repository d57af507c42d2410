"""What of cvlabs a graded kernel may import: a fresh copy, by allow-list.

`cvlabs.models`, `cvlabs.factory`, the references and the judge are not in it. Whatever cvlabs gains later
stays out until it is listed here.
"""

import shutil
from pathlib import Path

from autograder.course import REPOSITORY

ALLOWED = (
    "__init__.py",
    "py.typed",
    "grading.py",
    "quiet.py",
    "variables.py",
    "layers/**/*.py",
    "plot/**/*.py",
    "checks/*.py",
)
FORBIDDEN = ("checks/judge.py",)


def kernel_files(package: Path = REPOSITORY / "cvlabs") -> list[Path]:
    """Returns the allowed files of `package`."""
    wanted = {path for pattern in ALLOWED for path in package.glob(pattern) if path.is_file()}
    return sorted(wanted - {package / name for name in FORBIDDEN})


def make_kernel_view(folder: Path, package: Path = REPOSITORY / "cvlabs") -> None:
    """Copies the allowed files of `package` to `folder`/cvlabs."""
    for path in kernel_files(package):
        target = folder / "cvlabs" / path.relative_to(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
