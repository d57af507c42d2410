"""Real kernels, real checks, the real judge: honest answers get their points, cheats do not."""

import copy

import pytest

from autograder import grade
from autograder.feedback.pages import write_feedback
from autograder.labs import build
from tests.autograder.tiny_lab import LAB, REAL_LAB, cell_of, hand_in, write_source

pytestmark = pytest.mark.slow

HEAD = "def conv_params(kernel_size, in_channels, filters):\n"
RIGHT = HEAD + "    return (kernel_size**2 * in_channels + 1) * filters"
WRONG = HEAD + "    return 1"

HONEST = {
    "plain": RIGHT,
    "noisy": "import os, sys, warnings\n" + RIGHT + """
os.write(2, b'W tensorflow: from C++')
warnings.warn('careful')
print('hello', file=sys.stderr)
""",
    "keywords": """
conv_params = lambda kernel_size, in_channels, filters: filters * (1 + kernel_size**2 * in_channels)
""",
}  # fmt: skip

CHEATS = {
    "own_check": WRONG + "\ndef check(name, answer):\n    print('right')",
    "blanks_cells": WRONG + "\nget_ipython().input_transformers_cleanup.append(lambda lines: [])",
    "always_equal": """
class Anything(int):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = int.__hash__
def conv_params(kernel_size, in_channels, filters): return Anything(1)
""",
    "patches_numpy": WRONG + "\nimport numpy as np\nnp.testing.assert_allclose = np.allclose = print",
    "imports_answers": """
def conv_params(kernel_size, in_channels, filters):
    from cvlabs.checks.answers import ANSWERS
    return ANSWERS['lab03_googlenet']['conv_params'].reference(kernel_size, in_channels, filters)
""",
    "forges_evidence": WRONG + """
from IPython.display import display
def check(name, answer):
    trial = {"outcome": "value", "value": 1}
    record = {"version": 2, "lab": "lab03_googlenet", "check": name, "signature": None, "trials": [trial] * 6}
    display({"application/vnd.cvlabs.evidence+json": record, "text/plain": "x"}, raw=True)
""",
    "exits": "def conv_params(kernel_size, in_channels, filters):\n    raise SystemExit(0)",
    "kills_its_kernel": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "emits_twice": RIGHT + """
honest = check
def check(name, answer):
    honest(name, answer)
    honest(name, answer)
""",
}  # fmt: skip


def test_points_follow_the_answers(course, tmp_path, solved):
    write_source(course.solutions, REAL_LAB)
    build.build(course, REAL_LAB, build.known_checks())
    for student, source in {**HONEST, **CHEATS}.items():
        notebook = copy.deepcopy(solved)
        cell_of(notebook, "conv_params").source = source
        cell_of(notebook, "setup").source = cell_of(notebook, "setup").source.replace(LAB, REAL_LAB)
        hand_in(tmp_path / "class", student, notebook, f"{REAL_LAB}.ipynb")

    results = grade.grade(course, REAL_LAB, tmp_path / "class")

    assert {student: results[student].checks["conv_params"].points for student in HONEST} == dict.fromkeys(
        HONEST, 1
    )
    assert {student: results[student].checks["conv_params"].points for student in CHEATS} == dict.fromkeys(
        CHEATS, 0
    )
    assert {student: result.status for student, result in results.items()} == dict.fromkeys(results, "graded")
    assert results["exits"].checks["conv_macs"].points == 1
    assert results["kills_its_kernel"].checks["conv_macs"].points == 0
    pages = {page.parts[-3]: page.read_text() for page in write_feedback(course, REAL_LAB)}
    assert "This cell was not run: the kernel died in an earlier cell." in pages["kills_its_kernel"]
    assert "left evidence 2 times" in pages["emits_twice"]
    assert "careful" in pages["noisy"]
