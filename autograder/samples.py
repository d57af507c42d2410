"""Whole notebooks as students hand them in: good, half done, damaged, dishonest.

Each is made from the lab's release: cells filled in from its solution or from the bank in
`tests/submissions/`, then something is done to the notebook or to its file.
`python -m autograder demo` grades some of them, the tests all of them.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.build import build_course, known_checks
from autograder.course import REPOSITORY, Course
from autograder.source import read_source

BANK = REPOSITORY / "tests" / "submissions"


@dataclass(frozen=True)
class Lab:
    """What samples are made from.

    Args:
        name: Name of the lab.
        release: The notebook that students get.
        answers: The right answer to each of its solution cells, by grade id.
    """

    name: str
    release: NotebookNode
    answers: dict[str, str]

    def bank(self, cell: str, name: str) -> str:
        """Returns an answer from the bank, without the lines that say what is expected of it."""
        text = (BANK / self.name / cell / f"{name}.py").read_text(encoding="utf-8")
        return re.sub(r"^# (verdict|aspect|misconception): .*\n", "", text, flags=re.MULTILINE).strip()

    def filled(self, sources: dict[str, str]) -> NotebookNode:
        """Returns a copy of the release with some cells filled in."""
        notebook = copy.deepcopy(self.release)
        for name, source in sources.items():
            cell_of(notebook, name).source = source
        return notebook

    def solved(self, otherwise: dict[str, str] | None = None) -> NotebookNode:
        """Returns a copy of the release with all right answers, but for some."""
        return self.filled(self.answers | (otherwise or {}))


def read_lab(course: Course, name: str) -> Lab:
    """Builds a lab inside the course folder and reads its release and its solution."""
    checks = known_checks()
    release = build_course(course, name, checks) / f"{name}.ipynb"
    source = read_source(course.solutions / name / f"{name}.py", checks)
    answers = {
        cell.metadata.nbgrader.grade_id: re.sub(
            r"^ *### (BEGIN|END) SOLUTION\n?", "", cell.source, flags=re.M
        )
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    return Lab(name, nbformat.read(release, as_version=4), answers)


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    """Returns the cell with a grade id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


Make = Callable[[Lab], NotebookNode | str | None]
"""Makes a notebook, or the text of a file that is none; `None` hands in nothing."""


@dataclass(frozen=True)
class Sample:
    """One submission.

    Args:
        make: What is handed in.
        lost: The checks without points; `None` stands for all of them, and for no total.
        file: Name of the file; the lab's own by default.
    """

    make: Make
    lost: tuple[str, ...] | None = ()
    file: str = ""


def write(samples: dict[str, Sample], lab: Lab, folder: Path) -> None:
    """Writes a class: `folder`/<name of the sample>/<lab>.ipynb."""
    for student, sample in samples.items():
        (folder / student).mkdir(parents=True)
        made = sample.make(lab)
        if made is None:
            continue
        text = made if isinstance(made, str) else nbformat.v4.writes(made)
        (folder / student / (sample.file or f"{lab.name}.ipynb")).write_text(text, encoding="utf-8")


CHECKS = (
    "conv_params",
    "conv_macs",
    "stem",
    "naive_inception_cost",
    "inception_cost",
    "inception_module",
    "flatten_head_params",
    "gap_head_params",
    "gap_head",
    "auxiliary_head",
    "googlenet",
)
HALF = CHECKS[:5]
IDIOMS = {
    "conv_params": "right_numpy",
    "conv_macs": "right_callable_object",
    "stem": "right_keras_ops",
    "naive_inception_cost": "right_asks_keras",
    "inception_cost": "right_named_tuple",
    "inception_module": "right_layer_subclass",
    "flatten_head_params": "right_lambda",
    "gap_head_params": "right_partial",
    "gap_head": "right_sequential",
    "auxiliary_head": "right_nested_model",
    "googlenet": "right_subclassed_model",
}
MISTAKES = {
    "conv_params": "wrong_without_biases",
    "stem": "wrong_no_first_lrn",
    "naive_inception_cost": "wrong_projected_pool",
    "inception_module": "wrong_projection_before_pool",
    "gap_head": "wrong_softmax",
    "googlenet": "wrong_heads_swapped",
}


def _blank(lab: Lab) -> NotebookNode:
    return lab.filled({})


def _half_done(lab: Lab) -> NotebookNode:
    return lab.filled({name: lab.answers[name] for name in HALF})


def _from_bank(answers: dict[str, str]) -> Make:
    def make(lab: Lab) -> NotebookNode:
        return lab.solved({cell: lab.bank(cell, name) for cell, name in answers.items()})

    return make


def _noisy(lab: Lab) -> NotebookNode:
    notebook = lab.solved()
    cell_of(notebook, "conv_params").source += (
        "\n\nimport os, sys, warnings\nwarnings.warn('a warning')\nprint('to stderr', file=sys.stderr)\n"
        "os.write(2, b'written as C++ does\\n')\nconv_params(1, 1, 1)"
    )
    return notebook


def _raises(lab: Lab) -> NotebookNode:
    return lab.solved({"gap_head": "def gap_head(x, classes, dropout_rate=0.4):\n    return y"})


def _does_not_parse(lab: Lab) -> NotebookNode:
    return lab.solved({"stem": "def stem(x)\n    return x"})


def _duplicated_check(lab: Lab) -> NotebookNode:
    notebook = lab.solved()
    at = notebook.cells.index(cell_of(notebook, "check_stem"))
    notebook.cells.insert(at, copy.deepcopy(notebook.cells[at]))
    return notebook


def _deleted_check(lab: Lab) -> NotebookNode:
    notebook = lab.solved()
    notebook.cells.remove(cell_of(notebook, "check_stem"))
    return notebook


def _retyped_check(lab: Lab) -> NotebookNode:
    notebook = lab.solved()
    cell_of(notebook, "check_stem").cell_type = "markdown"
    return notebook


def _split_check(lab: Lab) -> NotebookNode:
    return _split(lab, "check_stem", len('check("stem",'))


def _split_answer(lab: Lab) -> NotebookNode:
    return _split(lab, "stem", 0)


def _split(lab: Lab, name: str, at: int) -> NotebookNode:
    """Splits a cell as JupyterLab does: both parts keep the metadata."""
    notebook = lab.solved()
    cell = cell_of(notebook, name)
    rest = copy.deepcopy(cell)
    rest.id += "-rest"
    cell.source, rest.source = cell.source[:at], cell.source[at:]
    notebook.cells.insert(notebook.cells.index(cell) + 1, rest)
    return notebook


def _deleted_answer(lab: Lab) -> NotebookNode:
    notebook = lab.solved()
    notebook.cells.remove(cell_of(notebook, "inception_module"))
    return notebook


def _truncated(lab: Lab) -> str:
    text: str = nbformat.v4.writes(lab.solved())
    return text[: len(text) // 2]


def _cheat(name: str) -> Make:
    """A cheat of the bank: it stands in the first cell that it can, and everything else is blank."""

    def make(lab: Lab) -> NotebookNode:
        source = lab.bank("cheats", name)
        notebook = lab.filled({})
        cell = cell_of(notebook, "conv_params")
        cell.source = f"{source}\n\n{cell.source}"
        return notebook

    return make


def _exits_in_checks(lab: Lab) -> NotebookNode:
    return lab.filled({f"check_{name}": "raise SystemExit" for name in CHECKS})


HONEST = {
    "all_right": Sample(lambda lab: lab.solved()),
    "other_idioms": Sample(_from_bank(IDIOMS)),
    "half_done": Sample(_half_done, lost=CHECKS[5:]),
    "wrong_ideas": Sample(_from_bank(MISTAKES), lost=(*MISTAKES, "inception_cost")),  # it calls conv_params
    "blank": Sample(_blank, lost=CHECKS),
    "noisy": Sample(_noisy),
    "raises_an_error": Sample(_raises, lost=("gap_head", "googlenet")),
    "does_not_parse": Sample(_does_not_parse, lost=("stem", "googlenet")),
}
DAMAGED = {
    "duplicated_check": Sample(_duplicated_check),
    "deleted_check": Sample(_deleted_check),
    "retyped_check": Sample(_retyped_check),
    "split_check": Sample(_split_check),
    "split_answer": Sample(_split_answer),
    "deleted_answer": Sample(_deleted_answer, lost=("inception_module", "googlenet")),
    "wrong_file_name": Sample(lambda lab: lab.solved(), file="lab 3 final (2).ipynb"),
    "truncated_file": Sample(_truncated, lost=None),
    "empty_file": Sample(lambda lab: "", lost=None),
    "another_notebook": Sample(lambda lab: nbformat.v4.writes(nbformat.v4.new_notebook()), lost=None),
    "no_notebook": Sample(lambda lab: None, lost=None),
}
CHEATS = {
    f"cheat_{path.stem}": Sample(_cheat(path.stem), lost=CHECKS)
    for path in sorted((BANK / "lab03_googlenet" / "cheats").glob("*.py"))
} | {"cheat_exits_in_checks": Sample(_exits_in_checks, lost=CHECKS)}
