"""Records outcomes: the submission's rows in nbgrader's gradebook, its notebooks in the course folder.

The order lets a crash at any point be mended by recording the same outcome again: the files are written
beside their places; a transaction begins; the rows are written; the files take their places; the transaction
is committed; everything reaches the disk; the journal notes it. What can fail for want of space or because of
a lock comes before anything is to be seen.

A submission without an executed notebook (not readable, or the grader failed) leaves the gradebook as it is:
a row would look like a zero. What an earlier version of it was graded with stays there too, together with
points that a person gave; the journal says that there is a newer one, and exports and feedback go by the
journal.
"""

import errno
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import parse_utc
from sqlalchemy import Connection

from autograder.course import Course
from autograder.errors import GraderError
from autograder.gradebook.connection import gradebook_connection, gradebook_errors
from autograder.gradebook.drafts import Drafts, sync
from autograder.gradebook.lab import (
    GradebookLab,
    Judged,
    NotThisLab,
    read_cells,
    read_gradebook_lab,
    read_judged,
)
from autograder.gradebook.marks import check_results, settled
from autograder.gradebook.rows import Late, write_rows
from autograder.journal import Journal
from autograder.outcome import Outcome
from autograder.results import Result, Results
from autograder.submissions.timestamp import in_utc

Recorder = Callable[[Iterable[Outcome]], Results]
BATCH = 20


def no_penalty(points: float, most: float, seconds: float) -> None:
    """The late policy that takes nothing away."""


@contextmanager
def recorder(
    course: Course,
    lab: str,
    late: Late = no_penalty,
    patience: float = 30.0,
    *,
    same_answers: bool = False,
) -> Iterator[Recorder]:
    """Gives a function that records outcomes, each in a transaction, and returns what is on record then.

    Of several outcomes of one student, the last counts. When the function returns, all is on the disk. When
    it raises, some of the outcomes may be recorded; recording them again changes nothing.

    Args:
        course: The course; the lab must have been built in it.
        lab: Name of the lab.
        late: What being late costs.
        patience: Seconds to wait for a gradebook that is locked.
        same_answers: Whether what is recorded are the answers that are in the gradebook, judged again.

    Raises:
        GraderError: The gradebook or the disk cannot be written: what was not recorded stays in the journal.
            An outcome that does not fit the lab raises nothing: its result is `"could not grade"`.
    """
    with gradebook_connection(course, patience, is_synced=True) as db:
        with gradebook_errors(course, patience), db.begin():
            known = read_gradebook_lab(db, lab)
            target = _Target(course, lab, known, _figures(course, lab), late, same_answers)

        def record_some(outcomes: Iterable[Outcome]) -> Results:
            waiting = list({outcome.student: outcome for outcome in outcomes}.values())
            try:
                with gradebook_errors(course, patience), _ahead(target, waiting) as prepared:
                    results = {o.student: _write(db, target, o, p.result()) for o, p in prepared}
                sync(course.root)
            except OSError as error:
                raise _disk(error, course) from error
            return results

        yield record_some


def record_journal(journal: Journal, lab: str, record_some: Recorder) -> Results:
    """Records what the journal holds and the gradebook does not, and notes it in the journal.

    Whatever stops it, the next call goes on there.
    """
    results: Results = {}
    waiting = journal.unrecorded(lab)
    while batch := list(islice(waiting, BATCH)):
        recorded = record_some(batch)
        journal.recorded(lab, recorded)
        results |= recorded
    return results


@dataclass(frozen=True)
class _Target:
    """Where outcomes go."""

    course: Course
    name: str
    lab: GradebookLab
    figures: Mapping[Path, bytes]
    late: Late
    same_answers: bool


@dataclass(frozen=True)
class _Prepared:
    """What is to be written of an outcome: `judged` is `None` where there is nothing for the gradebook."""

    result: Result
    time: datetime | None
    notebook: NotebookNode
    judged: Judged | None
    drafts: Drafts


@contextmanager
def _ahead(
    target: _Target, outcomes: Sequence[Outcome]
) -> Iterator[Iterable[tuple[Outcome, "Future[_Prepared]"]]]:
    """Has outcomes read and their files written while the commits of those before wait for the disk."""
    with ThreadPoolExecutor(1) as thread:
        futures = [thread.submit(_prepare, target, outcome) for outcome in outcomes]
        try:
            yield zip(outcomes, futures, strict=True)
        finally:
            for future in futures:
                if not future.cancel() and future.exception() is None:
                    future.result().drafts.discard()


def _prepare(target: _Target, outcome: Outcome) -> _Prepared:
    time, notes = _time(outcome.timestamp)
    result = Result(outcome.status, (*outcome.notes, *notes), run=outcome.run)
    notebook, judged = NotebookNode(cells=[]), None
    if outcome.autograded:
        try:
            notebook = read_cells(outcome.autograded)
            judged = read_judged(target.lab, notebook)
        except NotThisLab as error:
            note = f"The grader failed, which costs no points: {error}"
            result = replace(result, status="could not grade", notes=(*result.notes, note))
    files = _files(target, outcome, time, graded=judged is not None)
    return _Prepared(result, time, notebook, judged, Drafts(files))


def _write(db: Connection, target: _Target, outcome: Outcome, prepared: _Prepared) -> Result:
    if prepared.judged is None:
        prepared.drafts.put_in_place()
        return prepared.result
    with db.begin():
        points, taken = write_rows(
            db,
            target.lab,
            outcome.student,
            prepared.time,
            prepared.judged,
            target.late,
            target.same_answers,
        )
        prepared.drafts.put_in_place()
    checks = check_results(prepared.notebook, points, target.lab.points)
    return settled(prepared.result, checks, taken)


def _time(text: str) -> tuple[datetime | None, tuple[str, ...]]:
    """Reads a time; one that is none, or of a zone that is not known, is unknown."""
    text = text.strip()
    if not text:
        return None, ()
    try:
        return parse_utc(in_utc(text)), ()
    except (ValueError, OverflowError, TypeError):
        told = "timestamp.txt does not hold a time, or not one of a known zone"
        return None, (f"{told} ({text[:40]!r}); it was left out.",)


def _files(
    target: _Target, outcome: Outcome, time: datetime | None, *, graded: bool
) -> dict[Path, bytes | None]:
    """What nbgrader's folders are to hold of a submission."""
    files: dict[Path, bytes | None] = {}
    stamp = outcome.timestamp.encode() if time else None
    notebooks = {"submitted": outcome.submitted, "autograded": outcome.autograded if graded else ""}
    for step, text in notebooks.items():
        if text:
            path = target.course.notebook(step, target.name, outcome.student)
            files[path] = text.encode("utf-8", "replace")
            files[path.with_name("timestamp.txt")] = stamp
    if graded:
        folder = target.course.notebook("autograded", target.name, outcome.student).parent
        files |= {folder / path: data for path, data in target.figures.items()}
    return files


def _figures(course: Course, lab: str) -> dict[Path, bytes]:
    """The lab's figures, which nbgrader puts beside each graded notebook for the feedback page."""
    source = course.root / "source" / lab
    found = (path for path in source.rglob("*") if path.is_file() and path.suffix != ".ipynb")
    return {path.relative_to(source): path.read_bytes() for path in found}


def _disk(error: OSError, course: Course) -> GraderError:
    path = error.filename or course.root
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    advice = "make room on the disk" if full else "mend that"
    return GraderError(
        f"{path} cannot be written ({error.strerror}): {advice} and run the same command again; what was"
        " graded is kept in the journal"
    )
