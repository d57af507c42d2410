"""A submitted file -> a plain notebook, or one clear line that says why it is none.

The file is untrusted: it may be cut off, empty, enormous, of an older format, or no notebook at all.
"""

import json
import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, v4

from autograder.errors import GraderError
from autograder.submissions.machine_faults import machine_faults_told
from autograder.submissions.printable import printable
from cvlabs.counted import counted

MAX_BYTES = 50_000_000
MAX_CELLS = 2_000
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GENERATED = re.compile(r"\bsolutions/([\w-]{1,60})/\1\.py\b")
_SETUP = re.compile(r"""^[^#\n]*\blab\(\s*["']([\w-]{1,60})["']""", re.MULTILINE)


class NotReadable(GraderError):
    """A submission that cannot be graded at all; the message is meant for the student."""


def read_bytes(path: Path) -> bytes:
    """Reads a submitted file.

    Raises:
        NotReadable: It is empty, larger than any notebook, or is not a file.
        MachineFault: This machine cannot read it.
    """
    name = printable(path.name)
    try:
        with machine_faults_told(path):
            size = path.stat().st_size
            content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise NotReadable(f"{name} cannot be read: {error.strerror}.") from error
    if size == 0:
        raise NotReadable(f"{name} is empty (0 bytes).")
    if size > MAX_BYTES:
        raise NotReadable(f"{name} has {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read.")
    return content


def parse_notebook(file_name: str, content: bytes) -> tuple[NotebookNode, list[str]]:
    """Reads a submitted notebook.

    Args:
        file_name: The name of its file.
        content: What the file holds.

    Returns:
        A valid notebook in the current format with what it was generated from and the student's cells: their
        text, kind, id and nbgrader metadata, and nothing else; and what had to be mended, a sentence each.

    Raises:
        NotReadable: It is not a notebook.
    """
    name = printable(file_name)
    data = _load(name, content)
    notes: list[str] = []
    cells = data.get("cells")
    if cells is None and isinstance(data.get("worksheets"), list):
        sheets = [_dict(sheet).get("cells") for sheet in data["worksheets"]]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
        notes.append("The notebook was saved in an old format (version 3); it was converted.")
    if not isinstance(cells, list):
        raise NotReadable(f"{name} is not a notebook: it holds no list of cells.")
    if len(cells) > MAX_CELLS:
        raise NotReadable(f"{name} has {len(cells):,} cells; at most {MAX_CELLS:,} are read.")
    read = [_cell(cell) for cell in cells]
    kept = [cell for cell in read if cell is not None]
    if len(kept) < len(read):
        damaged = counted(len(read) - len(kept), "damaged cell")
        notes.append(f"{damaged} left out, because nothing could be read there.")
    if _make_ids_valid(kept):
        notes.append("Some cell ids were missing, repeated or invalid; they were renewed.")
    metadata = _dict(data.get("metadata"))
    kernel, generated = _dict(metadata.get("kernelspec")), _dict(metadata.get("cvlabs")).get("generated")
    language, kernel_name = kernel.get("language"), kernel.get("name")
    if isinstance(language, str) and language.lower() != "python":
        shown = repr(kernel_name) if isinstance(kernel_name, str) else "without a name"
        notes.append(f"The notebook was set to the kernel {shown:.60}; it was run with Python.")
    read_from = {"cvlabs": {"generated": generated}} if isinstance(generated, str) else {}
    return v4.new_notebook(cells=kept, metadata=read_from), notes


def labs_named(notebook: NotebookNode) -> list[str]:
    """Returns which labs a notebook says it is of, in its setup cell and in what it was generated from."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    called = [lab for source in sources for lab in _SETUP.findall(source)]
    return [*called, *_GENERATED.findall(notebook.metadata.get("cvlabs", {}).get("generated", ""))]


def _load(name: str, content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable(f"{name} is not a notebook: it is not UTF-8 text.") from None
    if not text.strip():
        raise NotReadable(f"{name} is empty: it holds only blanks.")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        bounds = (text.lstrip()[:1], text.rstrip()[-1:])
        cut = " The file seems to be cut off." if bounds[0] == "{" and bounds[1] != "}" else ""
        raise NotReadable(f"{name} is not valid JSON ({error.msg} in {where}).{cut}") from None
    except (RecursionError, ValueError):  # ValueError: a number of more than 4300 digits
        raise NotReadable(f"{name} is not a notebook: its JSON cannot be read.") from None
    if not isinstance(data, dict):
        raise NotReadable(f"{name} is not a notebook: it holds a JSON {type(data).__name__}.")
    return data


def _cell(raw: object) -> NotebookNode | None:
    """Returns a clean copy of a cell, or `None` if it has no text that could be kept."""
    if not isinstance(raw, dict):
        return None
    kind = raw.get("cell_type")
    source = raw.get("source", raw.get("input", ""))  # format 3 calls the text of a code cell its input
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or not isinstance(kind, str):
        return None
    source = source.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be written to a file
    if kind == "heading":
        level = raw.get("level")
        source = f"{'#' * (level if isinstance(level, int) and 1 <= level <= 6 else 1)} {source}"
    new = {"code": v4.new_code_cell, "raw": v4.new_raw_cell}.get(kind, v4.new_markdown_cell)
    cell = new(source=source)
    cell["id"] = raw.get("id")
    given = _dict(_dict(raw.get("metadata")).get("nbgrader"))
    marks = {name: value for name, value in given.items() if not isinstance(value, dict | list)}
    if marks:
        cell.metadata["nbgrader"] = NotebookNode(marks)
    return cell


def _make_ids_valid(cells: list[NotebookNode]) -> bool:
    """Gives a new id to each cell without a valid one of its own; tells if any was wrong."""
    seen: set[str] = set()
    wrong = False
    for number, cell in enumerate(cells):
        identity = cell["id"]
        if not isinstance(identity, str) or not _ID.fullmatch(identity) or identity in seen:
            wrong = wrong or identity is not None
            identity = f"cell-{number}"
            while identity in seen:
                identity += "x"
            cell["id"] = identity
        seen.add(identity)
    return wrong


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
