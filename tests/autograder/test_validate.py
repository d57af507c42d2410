"""`nbgrader validate`, which is also JupyterLab's Validate button: what students may run on their own."""

import subprocess
import sys

import nbformat
import pytest

from autograder.course import Course
from autograder.labs import samples

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("validate")]

LAB = "lab03_googlenet"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return samples.read_lab(Course(tmp_path_factory.mktemp("validate") / "course"), LAB)


def validate(notebook, folder):
    """Returns what the command prints. Its exit status is 0 either way."""
    nbformat.write(notebook, folder / f"{LAB}.ipynb")
    command = [sys.executable, "-m", "nbgrader", "validate", f"{LAB}.ipynb"]
    command += [
        "--Execute.timeout=600"
    ]  # of the 30 seconds for a cell a busy machine needs some to load Keras
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=1200, check=True)
    return done.stdout


def test_the_solved_lab_passes(lab, tmp_path):
    assert validate(lab.solved(), tmp_path) == "Success! Your notebook passes all the tests.\n"


def test_the_blank_lab_fails_with_the_message_of_its_checks(lab, tmp_path):
    printed = validate(lab.release, tmp_path)
    assert f"VALIDATION FAILED ON {len(lab.checks) + 1} CELL(S)" in printed  # the written answer too
    for check in lab.checks:
        assert f"CheckFailed: {check} is not right yet." in printed
