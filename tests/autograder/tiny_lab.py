"""A tiny lab: its source, and helpers for notebooks made from it.

`cvlabs.checks` does not know it. Where real checks judge, it stands in for the lab that its two exercises are
taken from, under that lab's name.
"""

import copy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

LAB = "lab90_tiny"
REAL_LAB = "lab03_googlenet"
CHECKS = {LAB: {"conv_params": 1, "conv_macs": 1}}
SOURCE = '''# %% [markdown]
# # A tiny lab

# %% locked="setup"
from cvlabs.checks import lab

check, summary = lab("lab90_tiny")

# %% solution="conv_params"
def conv_params(kernel_size, in_channels, filters):
    """Parameters of a convolution."""
    ### BEGIN SOLUTION
    return (kernel_size**2 * in_channels + 1) * filters
    ### END SOLUTION


# %% grade="conv_params" points=1
check("conv_params", conv_params)

# %% [markdown]
# Now the multiply-adds.

# %% solution="conv_macs"
def conv_macs(output_size, kernel_size, in_channels, filters):
    """Multiply-adds of a convolution."""
    ### BEGIN SOLUTION
    return output_size**2 * kernel_size**2 * in_channels * filters
    ### END SOLUTION


# %% grade="conv_macs" points=1
check("conv_macs", conv_macs)

# %% grade="plain" points=2
assert conv_params(1, 1, 1) == 2

# %% [markdown] answer="why" points=2
# Because it is cheap.
'''


def cell_of(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def position(notebook: NotebookNode, grade_id: str) -> int:
    return notebook.cells.index(cell_of(notebook, grade_id))


def solve(release: NotebookNode) -> NotebookNode:
    """Returns the release with right answers in it."""
    notebook = copy.deepcopy(release)
    cell_of(notebook, "conv_params").source = (
        "def conv_params(kernel_size, in_channels, filters):\n"
        "    return kernel_size**2 * in_channels * filters + filters"
    )
    cell_of(notebook, "conv_macs").source = (
        "def conv_macs(output_size, kernel_size, in_channels, filters):\n"
        "    return (output_size * kernel_size) ** 2 * in_channels * filters"
    )
    cell_of(notebook, "why").source = "It is cheap."
    return notebook


def write_source(solutions: Path, lab: str = LAB) -> None:
    path = solutions / lab / f"{lab}.py"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE.replace(LAB, lab))


def hand_in(folder: Path, student: str, notebook: NotebookNode, name: str = f"{LAB}.ipynb") -> Path:
    path = folder / student / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.v4.writes(notebook))
    return path
