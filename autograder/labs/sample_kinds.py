"""The kinds of sample submissions: honest, damaged, dishonest; each with the checks that it must lose."""

import copy
from collections.abc import Mapping

import nbformat
from nbformat import NotebookNode

from autograder.course import REPOSITORY
from autograder.labs.markers import CHECK_PREFIX
from autograder.labs.samples import BANK, Make, Sample, SampleLab, cell_of, labs_with_samples


def all_kinds(lab: SampleLab) -> dict[str, Sample]:
    """Returns every sample of a lab by its student's name."""
    return honest(lab) | troubled(lab) | damaged(lab) | cheats(lab)


def honest(lab: SampleLab) -> dict[str, Sample]:
    """What every lab has: right, half done, wrong in several places, blank."""
    made_of = lab.ingredients
    half = lab.checks[: len(lab.checks) // 2]
    return {
        "all_right": Sample(lambda lab: lab.solved()),
        "other_idioms": Sample(_from_bank(made_of.idioms)),
        "half_done": Sample(
            lambda lab: lab.filled({name: lab.answers[name] for name in half}), lab.checks[len(half) :]
        ),
        "wrong_ideas": Sample(_from_bank(made_of.mistakes), made_of.lost_with(*made_of.mistakes)),
        "blank": Sample(lambda lab: lab.filled({}), lab.checks),
    }


def troubled(lab: SampleLab) -> dict[str, Sample]:
    """Honest work whose code writes to stderr, raises, or does not parse."""
    places = lab.ingredients.damaged
    if not places:
        return {}
    raises, unparsed = places["raises"], places["does_not_parse"]
    return {
        "noisy": Sample(_noisy),
        "raises_an_error": Sample(
            lambda lab: lab.solved({raises: f"def {raises}(*arguments, **options):\n    return y"}),
            lab.ingredients.lost_with(raises),
        ),
        "does_not_parse": Sample(
            lambda lab: lab.solved({unparsed: f"def {unparsed}(*arguments)\n    return arguments"}),
            lab.ingredients.lost_with(unparsed),
        ),
    }


def damaged(lab: SampleLab) -> dict[str, Sample]:
    """Right answers in notebooks, or files, that something has happened to."""
    places = lab.ingredients.damaged
    if not places:
        return {}
    answer, check = places["deleted_answer"], places["check"]
    return {
        "duplicated_check": Sample(_duplicated_check),
        "deleted_check": Sample(lambda lab: _without(lab, CHECK_PREFIX + check)),
        "retyped_check": Sample(_retyped_check),
        "split_check": Sample(lambda lab: _split(lab, CHECK_PREFIX + check, len(f'check("{check}",'))),
        "split_answer": Sample(lambda lab: _split(lab, check, 0)),
        "deleted_answer": Sample(lambda lab: _without(lab, answer), lab.ingredients.lost_with(answer)),
        "wrong_file_name": Sample(lambda lab: lab.solved(), file="my lab final (2).ipynb"),
        "truncated_file": Sample(_truncated, lost=None),
        "empty_file": Sample(lambda lab: "", lost=None),
        "another_notebook": Sample(lambda lab: nbformat.v4.writes(nbformat.v4.new_notebook()), lost=None),
        "another_lab": Sample(_another_lab, lost=None),
        "no_notebook": Sample(lambda lab: None, lost=None),
    }


def cheats(lab: SampleLab) -> dict[str, Sample]:
    """The cheats of the lab's bank, each in a notebook that is blank otherwise."""
    found = sorted((BANK / lab.name / "cheats").glob("*.py"))
    if not found:
        return {}
    return {f"cheat_{path.stem}": Sample(_cheat(path.stem), lab.checks) for path in found} | {
        "cheat_exits_in_checks": Sample(_exits_in_checks, lab.checks)
    }


def _from_bank(answers: Mapping[str, str]) -> Make:
    def make(lab: SampleLab) -> NotebookNode:
        return lab.solved({cell: lab.bank(cell, name) for cell, name in answers.items()})

    return make


def _noisy(lab: SampleLab) -> NotebookNode:
    notebook, first = lab.solved(), lab.checks[0]
    cell_of(notebook, first).source += (
        "\n\nimport os, sys, warnings\nwarnings.warn('a warning')\nprint('to stderr', file=sys.stderr)\n"
        f"os.write(2, b'written as C++ does\\n')\n{first}"
    )
    return notebook


def _duplicated_check(lab: SampleLab) -> NotebookNode:
    notebook = lab.solved()
    at = notebook.cells.index(_damaged_check(lab, notebook))
    notebook.cells.insert(at, copy.deepcopy(notebook.cells[at]))
    return notebook


def _retyped_check(lab: SampleLab) -> NotebookNode:
    notebook = lab.solved()
    _damaged_check(lab, notebook).cell_type = "markdown"
    return notebook


def _damaged_check(lab: SampleLab, notebook: NotebookNode) -> NotebookNode:
    return cell_of(notebook, CHECK_PREFIX + lab.ingredients.damaged["check"])


def _without(lab: SampleLab, name: str) -> NotebookNode:
    notebook = lab.solved()
    notebook.cells.remove(cell_of(notebook, name))
    return notebook


def _split(lab: SampleLab, name: str, at: int) -> NotebookNode:
    """Splits a cell as JupyterLab does: both parts keep the metadata."""
    notebook = lab.solved()
    cell = cell_of(notebook, name)
    rest = copy.deepcopy(cell)
    rest.id += "-rest"
    cell.source, rest.source = cell.source[:at], cell.source[at:]
    notebook.cells.insert(notebook.cells.index(cell) + 1, rest)
    return notebook


def _truncated(lab: SampleLab) -> str:
    text: str = nbformat.v4.writes(lab.solved())
    return text[: len(text) // 2]


def _another_lab(lab: SampleLab) -> str:
    other = next(name for name in labs_with_samples() if name != lab.name)
    return (REPOSITORY / "labs" / other / f"{other}.ipynb").read_text(encoding="utf-8")


def _cheat(name: str) -> Make:
    """A cheat of the bank: it stands in the first cell that it can, and everything else is blank."""

    def make(lab: SampleLab) -> NotebookNode:
        notebook = lab.filled({})
        cell = cell_of(notebook, lab.checks[0])
        cell.source = f"{lab.bank('cheats', name)}\n\n{cell.source}"
        return notebook

    return make


def _exits_in_checks(lab: SampleLab) -> NotebookNode:
    return lab.filled({CHECK_PREFIX + name: "raise SystemExit" for name in lab.checks})
