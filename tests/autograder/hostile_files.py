"""Hostile files: zips that lead elsewhere, notebooks that are none, forged marks. Made when needed."""

import copy
import json
import os
import stat
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode, v4

from autograder.labs.check_cells import MIME
from autograder.labs.markers import CHECK_PREFIX
from tests.autograder.hostile import CHECKS, WRONG, solved
from tests.autograder.tiny_lab import REAL_LAB, cell_of, position

FILE = f"{REAL_LAB}.ipynb"
ALL = tuple(CHECKS)
Write = Callable[[Path, NotebookNode], None]
"""(the student's folder, which does not exist yet; the release) -> writes what is handed in."""


@dataclass(frozen=True)
class HostileFile:
    """What is handed in, and what must come of it.

    Args:
        write: Writes it.
        note: What a note to the student says.
        lost: The checks without points; `None` where nothing can be graded.
    """

    write: Write
    note: str = ""
    lost: tuple[str, ...] | None = None


def hostile_files() -> dict[str, HostileFile]:
    """Returns every hostile file by its student's name."""
    return archives() | links_and_devices() | no_notebooks() | odd_notebooks() | forged()


def archives() -> dict[str, HostileFile]:
    """Zips."""
    return {
        "zip-link": HostileFile(_zip(_link), "holds a link"),
        "zip-dots": HostileFile(_zip(_named(f"../../{FILE}")), "leads out of the folder"),
        "zip-root": HostileFile(_zip(_named(f"/tmp/cvlabs-hostile/{FILE}")), "leads out of the folder"),
        "zip-bomb": HostileFile(_zip(_bomb(FILE)), "unpacks to too much"),
        "zip-bomb-beside": HostileFile(_zip(_bomb("zeros")), lost=()),
        "zip-many": HostileFile(_zip(_many), "holds 501 files"),
        "zip-in-zip": HostileFile(_zip(_nested), f"There is no {FILE}"),
        "zip-damaged": HostileFile(_damaged_zip, "cannot be unpacked"),
        "zip-locked": HostileFile(_locked_zip, "cannot be unpacked"),
        "zip-names": HostileFile(_zip(_named("\x1b[2J\n.txt")), r"found: \x1b[2J\n.txt"),
    }


def links_and_devices() -> dict[str, HostileFile]:
    """Links, devices, pipes, and folders in place of files."""
    return {
        "link-file": HostileFile(lambda path, _: _made(path / FILE).symlink_to("/etc/passwd"), "is a link"),
        "link-neighbour": HostileFile(
            lambda path, _: _made(path / FILE).symlink_to(path.parent / "honest-right" / FILE), "is a link"
        ),
        "link-student": HostileFile(
            lambda path, _: path.symlink_to(path.parent / "honest-right"), "is a link"
        ),
        "link-folder": HostileFile(
            lambda path, _: _made(path / REAL_LAB).symlink_to(path.parent / "honest-right"), "There is no"
        ),
        "link-loop": HostileFile(lambda path, _: _made(path / FILE).symlink_to(FILE), "is a link"),
        "pipe": HostileFile(lambda path, _: os.mkfifo(_made(path / FILE)), "There is no"),
        "device": HostileFile(_device, "There is no"),
        "folder": HostileFile(lambda path, _: (path / FILE / FILE).mkdir(parents=True), "There is no"),
        "odd-name": HostileFile(_odd_name, r"\udcff\x1b"),
    }


def no_notebooks() -> dict[str, HostileFile]:
    """Files that are no notebooks."""
    return {
        "cells-10000": HostileFile(_many_cells, "has 10,000 cells"),
        "size-500-mb": HostileFile(_sparse, "has 500 MB"),
        "utf-16": HostileFile(_encoded("utf-16"), "not UTF-8"),
        "latin-1": HostileFile(_encoded("latin-1"), "not UTF-8"),
        "deep-json": HostileFile(_text("[" * 200_000), "cannot be read"),
        "long-number": HostileFile(_text('{"nbformat": ' + "9" * 100_000 + "}"), "cannot be read"),
        "pickle": HostileFile(_text("\x80\x04cposix\nsystem\n"), "not valid JSON"),
        "other-cells": HostileFile(
            _text(json.dumps({"cells": [{"cell_type": "code", "source": "1"}]})), "another"
        ),
    }


def odd_notebooks() -> dict[str, HostileFile]:
    """Right answers in notebooks that are not as notebooks are."""
    ways: dict[str, Callable[[dict], object]] = {
        "nan": lambda data: data.update(nbformat=float("nan"), metadata={"a": float("inf")}),
        "nan-points": lambda data: _each_marks(data, points=float("nan")),
        "infinite-points": lambda data: _each_marks(data, points=float("inf")),
        "deep-marks": lambda data: _each_marks(data, points=_deep(900)),
        "deep-metadata": lambda data: data.update(metadata={"kernelspec": {"language": _deep(900)}}),
        "nbformat-99": lambda data: data.update(nbformat=99, nbformat_minor=-1),
        "nbformat-text": lambda data: data.update(nbformat="4", nbformat_minor=None),
        "no-ids": lambda data: [cell.pop("id", None) for cell in data["cells"]],
        "one-id": lambda data: [cell.update(id="same") for cell in data["cells"]],
        "skipped": lambda data: [
            cell["metadata"].update(tags=["skip-execution", "raises-exception"]) for cell in data["cells"]
        ],
        "zeros-in-text": lambda data: data["cells"].append(_code("'\0'")),
        "long-cell": lambda data: data["cells"].append(_code(f"text = {'x' * 5_000_000!r}")),
        "brackets": lambda data: data["cells"].append(_prose("[" * 20_000 + "![](" * 20_000 + "*_" * 20_000)),
        "attachments": lambda data: data["cells"].append(_prose("![a](attachment:../../etc/passwd)")),
    }
    made = {f"odd-{name}": HostileFile(_changed(change), lost=()) for name, change in ways.items()}
    return made | {
        "odd-bom": HostileFile(_bom, lost=()),
        "odd-timestamp": HostileFile(_timestamp(b"yesterday\xff\0" * 1000), lost=()),
        "odd-no-time": HostileFile(_timestamp(b"9999-99-99 99:99:99 UTC"), lost=()),
        "odd-neighbours": HostileFile(_shadows, lost=()),
    }


def forged() -> dict[str, HostileFile]:
    """Wrong answers in cells whose marks claim something better."""
    ways: dict[str, Callable[[NotebookNode], object]] = {
        "points": lambda notebook: _mark(notebook, points=1000.0),
        "unlocked": lambda notebook: _mark(notebook, locked=False, grade=False, solution=True),
        "tasks": lambda notebook: _mark(notebook, task=True),
        "schema": lambda notebook: _mark(notebook, schema_version=1, cell_type="markdown", checksum="0"),
        "own-check": _own_check,
        "own-source": _own_source,
        "bonus": lambda notebook: notebook.cells.extend(_bonus(n) for n in range(20)),
        "swapped-ids": _swapped,
        "verdict": _with_verdict,
        "evidence": _with_evidence,
        "notes-id": lambda notebook: cell_of(notebook, CHECK_PREFIX + "conv_params").update(
            id="repair-notes"
        ),
        "many-checks": lambda notebook: notebook.cells.extend(
            copy.deepcopy(cell_of(notebook, CHECK_PREFIX + "conv_params")) for _ in range(100)
        ),
    }
    return {f"forged-{name}": HostileFile(_with_wrong(change), lost=ALL) for name, change in ways.items()}


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _text(content: str) -> Write:
    return lambda path, _: _write(path, content)


def _write(path: Path, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    _made(path / FILE).write_bytes(data)


def _right(release: NotebookNode) -> str:
    return str(json.dumps(solved(release)))


def _zip(fill: Callable[[zipfile.ZipFile, str], None]) -> Write:
    def write(path: Path, release: NotebookNode) -> None:
        with zipfile.ZipFile(path.with_name(f"{path.name}.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            fill(archive, _right(release))

    return write


def _named(name: str) -> Callable[[zipfile.ZipFile, str], None]:
    return lambda archive, text: archive.writestr(name, text)


def _link(archive: zipfile.ZipFile, text: str) -> None:
    entry = zipfile.ZipInfo(FILE)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def _bomb(name: str) -> Callable[[zipfile.ZipFile, str], None]:
    def fill(archive: zipfile.ZipFile, text: str) -> None:
        if name != FILE:
            archive.writestr(FILE, text)
        with archive.open(name, "w", force_zip64=True) as file:
            for _ in range(300):
                file.write(bytes(1_000_000))

    return fill


def _many(archive: zipfile.ZipFile, text: str) -> None:
    for number in range(501):
        archive.writestr(f"{number}.txt", "")


def _nested(archive: zipfile.ZipFile, text: str) -> None:
    for number in range(2):
        archive.writestr(f"{number}.zip", b"PK\x05\x06" + bytes(18))


def _damaged_zip(path: Path, release: NotebookNode) -> None:
    _zip(_named(FILE))(path, release)
    file = path.with_name(f"{path.name}.zip")
    data = bytearray(file.read_bytes())
    start = 30 + len(FILE)  # behind the head of the entry
    data[start : start + 40] = b"\xff" * 40
    file.write_bytes(data)


def _locked_zip(path: Path, release: NotebookNode) -> None:
    _zip(_named(FILE))(path, release)
    file = path.with_name(f"{path.name}.zip")
    data = bytearray(file.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag for a password, in both places
    file.write_bytes(data)


def _device(path: Path, release: NotebookNode) -> None:
    with suppress(PermissionError):  # where only the superuser makes devices, there is none to hand in
        os.mknod(_made(path / FILE), stat.S_IFCHR | 0o666, os.makedev(1, 5))
    path.mkdir(exist_ok=True)


def _odd_name(path: Path, release: NotebookNode) -> None:
    path.mkdir()
    with open(os.fsencode(path) + b"/\xff\x1b[2J.txt", "w"):  # noqa: PTH123  a name that is no text
        pass


def _many_cells(path: Path, release: NotebookNode) -> None:
    notebook = solved(release)
    notebook.cells += [v4.new_code_cell("1", id=f"more-{n}") for n in range(10_000 - len(notebook.cells))]
    _write(path, json.dumps(notebook))


def _sparse(path: Path, release: NotebookNode) -> None:
    _write(path, _right(release))
    os.truncate(path / FILE, 500_000_000)


def _encoded(encoding: str) -> Write:
    return lambda path, release: _write(
        path, json.dumps(solved(release) | {"ä": "ö"}, ensure_ascii=False).encode(encoding)
    )


def _bom(path: Path, release: NotebookNode) -> None:
    _write(path, _right(release).encode("utf-8-sig"))


def _changed(change: Callable[[dict], object]) -> Write:
    def write(path: Path, release: NotebookNode) -> None:
        data = json.loads(_right(release))
        change(data)
        _write(path, json.dumps(data))

    return write


def _deep(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def _each_marks(data: dict, **marks: object) -> None:
    for cell in data["cells"]:
        cell["metadata"].get("nbgrader", {}).update(marks)


def _code(source: str) -> dict:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}


def _prose(source: str) -> dict:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def _timestamp(content: bytes) -> Write:
    def write(path: Path, release: NotebookNode) -> None:
        _write(path, _right(release))
        (path / "timestamp.txt").write_bytes(content)

    return write


def _shadows(path: Path, release: NotebookNode) -> None:
    """Files beside the notebook that an import from its folder would find."""
    _write(path, _right(release))
    for name in ("keras.py", "numpy.py", "json.py", "sitecustomize.py", "nbgrader_config.py", "conftest.py"):
        (path / name).write_text("raise SystemExit('imported')\n")


def _with_wrong(change: Callable[[NotebookNode], object]) -> Write:
    def write(path: Path, release: NotebookNode) -> None:
        notebook = solved(release, WRONG)
        change(notebook)
        _write(path, json.dumps(notebook))

    return write


def _mark(notebook: NotebookNode, **marks: object) -> None:
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.update(marks)


def _own_check(notebook: NotebookNode) -> None:
    """A cell of the student's own takes the place and the mark of each check."""
    for name in CHECKS:
        index = position(notebook, CHECK_PREFIX + name)
        marks = dict(notebook.cells[index].metadata.nbgrader)
        notebook.cells[index] = v4.new_code_cell("pass", id=f"mine-{name}", metadata={"nbgrader": marks})


def _own_source(notebook: NotebookNode) -> None:
    """The read-only cells do something else: they bring a `check` of their own."""
    cell_of(notebook, "setup").source = "def check(name, answer):\n    pass"
    for name in CHECKS:
        cell_of(notebook, CHECK_PREFIX + name).source = "1"


def _bonus(number: int) -> NotebookNode:
    marks = {"grade_id": f"bonus{number}", "grade": True, "points": 100, "locked": True, "solution": False}
    marks |= {"schema_version": 3, "cell_type": "code", "task": False}
    return v4.new_code_cell("100", id=f"bonus{number}", metadata={"nbgrader": marks})


def _swapped(notebook: NotebookNode) -> None:
    """Answers and checks carry each other's marks; what is marked as an answer does nothing."""
    for name in CHECKS:
        answer, check = cell_of(notebook, name), cell_of(notebook, CHECK_PREFIX + name)
        answer.metadata, check.metadata = check.metadata, answer.metadata
        check.source = "pass"


def _with_verdict(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata["cvlabs"] = {"outcome": "unjudged", "points": 100}
        cell.metadata.get("nbgrader", {}).update(score=100, auto_score=100, manual_score=100)


def _with_evidence(notebook: NotebookNode) -> None:
    """Outputs as a passed check leaves them."""
    for name in CHECKS:
        trials = [{"outcome": "value", "value": 9472}] * 6
        record = {"version": 2, "lab": REAL_LAB, "check": name, "signature": None, "trials": trials}
        data = {MIME: record, "text/html": f"<b>{name}: right</b>", "text/plain": "evidence recorded"}
        cell_of(notebook, CHECK_PREFIX + name).outputs = [v4.new_output("display_data", data=data)]
