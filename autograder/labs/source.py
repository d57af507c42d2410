"""A lab's percent-format source -> nbgrader's source notebook, always the same bytes for the same text."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jupytext
from nbformat import NotebookNode, v4

from autograder.errors import GraderError
from autograder.labs.markers import CHECK_PREFIX, nbgrader_metadata

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

_JUPYTEXT = ("lines_to_next_cell", "lines_to_end_of_cell_marker")  # its own notes about blank lines


def read_source(path: Path, checks: Mapping[str, float]) -> NotebookNode:
    """Reads a lab's source.

    Args:
        path: The `.py` file in percent format.
        checks: The checks of this lab and what each is worth.

    Returns:
        The notebook with nbgrader's metadata, without outputs; its cell ids derive from the grade ids, so
        that a changed cell changes no other.

    Raises:
        GraderError: A marker is wrong; the message starts with file:line.
    """
    text = path.read_text(encoding="utf-8")
    try:
        parsed = jupytext.reads(text.lstrip(), fmt="py:percent")
    except ValueError as error:
        raise GraderError(f"{path}:1: jupytext cannot read it: {str(error).splitlines()[0]}") from error
    lines = _marker_lines(path, text, len(parsed.cells))
    cells, seen = [], dict[str, int]()
    section, since = "start", 0
    for line, cell in zip(lines, parsed.cells, strict=True):
        try:
            marker = {key: value for key, value in cell.metadata.items() if key not in _JUPYTEXT}
            metadata = nbgrader_metadata(cell.cell_type, marker, cell.source, checks)
        except GraderError as error:
            raise GraderError(f"{path}:{line}: {error}") from None
        if metadata is None:
            since += 1
            name = f"{section}-{since}"
        else:
            name = section = metadata["grade_id"]
            since = 0
            if name in seen:
                raise GraderError(f"{path}:{line}: the id {name!r} is taken by the cell in line {seen[name]}")
            seen[name] = line
        cells.append(_new_cell(cell, name, metadata))
    _require_lab(path, cells)
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": dict(KERNELSPEC)})
    notebook.nbformat_minor = 5
    return notebook


def digest(notebook: Mapping[str, Any]) -> str:
    """Returns a fingerprint of what a notebook's cells say, whatever has been run in it."""
    said = [[cell["cell_type"], cell["source"]] for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _require_lab(path: Path, cells: list[NotebookNode]) -> None:
    """Requires a read-only cell that says which lab's checks the notebook calls."""
    names = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in cells]
    line = f'check, summary = lab("{path.stem}")'
    if any(name.startswith(CHECK_PREFIX) for name in names):
        locked = (cell for cell in cells if cell.metadata.get("nbgrader", {}).get("locked"))
        if not any(line in cell.source.splitlines() for cell in locked):
            raise GraderError(f'{path}:1: a locked="…" cell must say which lab this is: {line}')


def _marker_lines(path: Path, text: str, cells: int) -> list[int]:
    """Line numbers of the cells' markers; jupytext does not tell them."""
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("# %%")]
    if not lines:
        raise GraderError(f"{path}:1: no cells; expected lines that start with # %%")
    if len(lines) != cells:
        raise GraderError(
            f"{path}:1: {cells} cells but {len(lines)} markers; text must not stand before the first"
        )
    return lines


def _new_cell(cell: NotebookNode, name: str, metadata: dict[str, Any] | None) -> NotebookNode:
    new = v4.new_code_cell if cell.cell_type == "code" else v4.new_markdown_cell
    if cell.cell_type not in ("code", "markdown"):
        raise GraderError(f"a {cell.cell_type} cell; labs have code and markdown cells")
    return new(source=cell.source, id=name, metadata={} if metadata is None else {"nbgrader": metadata})
