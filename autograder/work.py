"""One submission, from the file that was handed in to its outcome: what workers do.

A function of its arguments alone: it knows no course folder and no gradebook, so it runs in any process, on
any machine that has this repository.
"""

import errno
import logging
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import LimitOutput
from traitlets.config import Config

from autograder.errors import GraderError
from autograder.execute import ExecuteProbes
from autograder.judging.client import judge_client
from autograder.judging.judge import judge_notebook
from autograder.kernels.limits import Limits
from autograder.outcome import Outcome
from autograder.results import Run
from autograder.submissions.read_notebook import NotReadable, parse_notebook
from autograder.submissions.repair import repair, with_notes

_LEAST_ROOM = 2_000_000
"""Bytes; what a kernel finds in its home takes less."""


@dataclass(frozen=True)
class Lab:
    """What a worker has to know of a lab.

    Args:
        name: Its name.
        release: The notebook that the students got: JSON text.
        files: The other files that they got, by relative path.
        checks: The points of each check.
        version: See `versions.lab_version`.
        grader: See `versions.grader_version`.
    """

    name: str
    release: str
    files: tuple[tuple[str, bytes], ...]
    checks: Mapping[str, float]
    version: str
    grader: str


@dataclass(frozen=True)
class HandedIn:
    """What a worker has to know of a submission.

    Args:
        student: The student.
        file_name: The name of the notebook's file.
        content: What it holds; `None` if there is nothing to grade.
        notes: Sentences for the student; where there is nothing to grade, the last one says why.
        timestamp: When it was handed in; empty if unknown.
        fault: Why the grader's machine could not read it, which is no result of the student's.
    """

    student: str
    file_name: str = ""
    content: bytes | None = None
    notes: tuple[str, ...] = ()
    timestamp: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Budgets:
    """What one submission may use.

    Args:
        cell_seconds: Seconds for each cell.
        notebook_seconds: Seconds for all cells together.
        memory: Bytes of memory.
        unsafe: Whether it may run without isolation where there is none to be had.
    """

    cell_seconds: int = 120
    notebook_seconds: int = 600
    memory: int = field(default_factory=lambda: Limits().memory)
    unsafe: bool = False


def work(lab: Lab, handed_in: HandedIn, given: Mapping[str, str], budgets: Budgets) -> Outcome:
    """Executes and judges one submission.

    Args:
        lab: The lab.
        handed_in: The submission.
        given: The seed of each check for this student.
        budgets: What it may use.

    Raises:
        GraderError: No submission can be executed.
        Exception: Whatever else goes wrong on the grader's side. It is no result of the student's.
    """
    student, notes, stamp = handed_in.student, handed_in.notes, handed_in.timestamp
    if handed_in.fault:
        raise PermissionError(handed_in.fault)
    if handed_in.content is None:
        return Outcome(student, "not readable", notes, timestamp=stamp)
    try:
        notebook, mended = parse_notebook(handed_in.file_name, handed_in.content)
        notebook, repairs = repair(notebook, nbformat.reads(lab.release, as_version=4))
    except NotReadable as error:
        return Outcome(student, "not readable", (*notes, str(error)), timestamp=stamp)
    notes = (*notes, *mended, *repairs)
    notebook = with_notes(notebook, list(notes))
    submitted = nbformat.writes(notebook)
    start = time.monotonic()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbclient's and nbformat's; the labs run in processes of their own
        judge = judge_client(_log())
        executed = _execute(lab, notebook, judge.draw(lab.name, given), budgets)
        evidence = judge_notebook(executed, lab.name, lab.checks, given, judge)
    how = executed.metadata["cvlabs"]
    run = Run(
        isolation=how["isolation"],
        kernel=how["kernel"],
        seconds=round(time.monotonic() - start, 3),
        cell_seconds=how["cell_seconds"],
        peak_memory=how["peak_memory"],
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        grader=lab.grader,
        lab=lab.version,
    )
    return Outcome(student, "graded", notes, submitted, nbformat.writes(executed), evidence, stamp, run)


def _execute(lab: Lab, notebook: NotebookNode, cases: Mapping[str, object], budgets: Budgets) -> NotebookNode:
    config: dict[str, Any] = {
        "timeout": budgets.cell_seconds,
        "notebook_timeout": budgets.notebook_seconds,
        "memory": budgets.memory,
        "unsafe": budgets.unsafe,
    }
    probes = ExecuteProbes(config=Config({"ExecuteProbes": config}))
    with _full_disk_told():
        executed = probes.execute(notebook, cases, _unpacked(lab.files))
    limited, _ = LimitOutput().preprocess(executed, {})
    return limited


@contextmanager
def _full_disk_told() -> Iterator[None]:
    """Ends the run where kernels have no room for their files: every other submission would fail, too.

    Where there is room again, it was the kernel that took it, and only its submission is to be tried again.

    Raises:
        GraderError: The disk is full.
    """
    try:
        yield
    except OSError as error:
        folder = tempfile.gettempdir()
        if error.errno not in (errno.ENOSPC, errno.EDQUOT) or shutil.disk_usage(folder).free > _LEAST_ROOM:
            raise
        raise GraderError(
            f"the disk of {folder}, where kernels have their files, is full: make room, or set TMPDIR to a "
            "folder that has some, and run the same command again"
        ) from error


_kept: list[tempfile.TemporaryDirectory[str]] = []


@lru_cache(maxsize=1)
def _unpacked(files: tuple[tuple[str, bytes], ...]) -> Path:
    """A folder with the lab's files, which stays until this process ends."""
    _kept.append(tempfile.TemporaryDirectory(prefix="cvlabs-lab-", ignore_cleanup_errors=True))
    folder = Path(_kept[-1].name)
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _log() -> Path:
    """The file that this process logs to; if none was set, one in a folder of its own."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.FileHandler):
            return Path(handler.baseFilename)
    return _own_folder() / "grader.log"


@cache
def _own_folder() -> Path:
    """A folder that no other user can write to or foresee, which stays until this process ends."""
    _kept.append(tempfile.TemporaryDirectory(prefix="cvlabs-log-", ignore_cleanup_errors=True))
    return Path(_kept[-1].name)
