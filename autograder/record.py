"""Records outcomes: the submission's rows in nbgrader's gradebook, its notebooks in the course folder.

The order lets a crash at any point be mended by recording the same outcome again: the files are written
beside their places, onto the disk; a transaction begins; the rows are written; the files take their places;
the transaction is committed; the journal notes it. What can fail for want of space or because of a lock
comes before anything is to be seen.

A submission without an executed notebook (not readable, or the grader failed) leaves the gradebook as it is:
a row would look like a zero. What an earlier version of it was graded with stays there too, together with
points that a person gave; the journal says that there is a newer one, and exports and feedback go by the
journal.
"""

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import parse_utc
from sqlalchemy import Engine

from autograder.course import Course
from autograder.drafts import drafts
from autograder.errors import GraderError
from autograder.gradebook import check_results, settled
from autograder.gradebook_connection import gradebook_engine
from autograder.gradebook_rows import Lab, Late, NotThisLab, read_lab, read_marks, write_rows
from autograder.journal import Journal
from autograder.outcome import Outcome
from autograder.results import Result, Results

Recorder = Callable[[Outcome], Result]
BATCH = 20


def no_penalty(points: float, most: float, seconds: float) -> None:
    """The late policy that takes nothing away."""


@contextmanager
def recorder(course: Course, lab: str, late: Late = no_penalty, patience: float = 30.0) -> Iterator[Recorder]:
    """Gives a function that records one outcome, in one transaction, and returns what is on record then.

    Args:
        course: The course; the lab must have been built in it.
        lab: Name of the lab.
        late: What being late costs.
        patience: Seconds to wait for a gradebook that is locked.

    Raises:
        GraderError: The gradebook or the disk cannot be written: what was not recorded stays in the journal.
            An outcome that does not fit the lab raises nothing: its result is `"could not grade"`.
    """
    with gradebook_engine(course, patience) as engine:
        with engine.begin() as db:
            known = read_lab(db, lab)

        def record_one(outcome: Outcome) -> Result:
            try:
                return _record(course, engine, known, lab, outcome, late)
            except OSError as error:
                raise _disk(error, course) from error

        yield record_one


def record(
    course: Course, lab: str, outcomes: Iterable[Outcome], late: Late = no_penalty, patience: float = 30.0
) -> Results:
    """Records outcomes one after the other; see `recorder`."""
    with recorder(course, lab, late, patience) as record_one:
        return {outcome.student: record_one(outcome) for outcome in outcomes}


def record_journal(journal: Journal, lab: str, record_one: Recorder) -> Results:
    """Records what the journal holds and the gradebook does not, and notes it in the journal.

    Whatever stops it, the next call goes on there.
    """
    results: Results = {}
    noted = 0

    def note() -> None:
        nonlocal noted
        journal.recorded(lab, dict(list(results.items())[noted:]))
        noted = len(results)

    try:
        for outcome in journal.unrecorded(lab):
            results[outcome.student] = record_one(outcome)
            if len(results) - noted == BATCH:
                note()
    finally:
        note()
    return results


def _record(course: Course, engine: Engine, known: Lab, lab: str, outcome: Outcome, late: Late) -> Result:
    result = Result(outcome.status, outcome.notes, run=outcome.run)
    submitted, notes = _time(outcome.timestamp)
    result = replace(result, notes=(*result.notes, *notes))
    stamp = outcome.timestamp if submitted else ""
    files = _files(course, "submitted", lab, outcome.student, outcome.submitted, stamp)
    if not outcome.autograded:
        with drafts(files) as put_in_place:
            put_in_place()
        return result
    try:
        notebook = _read(outcome.autograded)
        marks = read_marks(known, notebook)
    except NotThisLab as error:
        note = f"The grader failed, which costs no points: {error}"
        return replace(result, status="could not grade", notes=(*result.notes, note))
    files |= _files(course, "autograded", lab, outcome.student, outcome.autograded, stamp)
    files |= _figures(course, lab, outcome.student)
    with drafts(files) as put_in_place, engine.begin() as db:
        points = write_rows(db, known, outcome.student, submitted, marks, late)
        put_in_place()
    return settled(result, check_results(notebook, points, known.points))


def _read(text: str) -> NotebookNode:
    try:
        return nbformat.v4.reads(text)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotThisLab(f"the graded notebook cannot be read ({type(error).__name__}: {error})") from error


def _time(text: str) -> tuple[datetime | None, tuple[str, ...]]:
    """Reads a time as nbgrader does; one that is none, is unknown."""
    text = text.strip()
    if not text:
        return None, ()
    try:
        return parse_utc(text), ()
    except (ValueError, OverflowError, TypeError):
        return None, (f"timestamp.txt does not hold a time ({text[:40]!r}); it was left out.",)


def _files(
    course: Course, step: str, lab: str, student: str, notebook: str, stamp: str
) -> dict[Path, bytes | None]:
    """What one of nbgrader's folders is to hold of a submission."""
    if not notebook:
        return {}
    path = course.notebook(step, lab, student)
    return {
        path: notebook.encode("utf-8", "replace"),
        path.with_name("timestamp.txt"): stamp.encode() if stamp else None,
    }


def _figures(course: Course, lab: str, student: str) -> dict[Path, bytes | None]:
    """The lab's figures, which nbgrader puts beside each graded notebook for the feedback page."""
    source = course.root / "source" / lab
    target = course.notebook("autograded", lab, student).parent
    found = (path for path in source.rglob("*") if path.is_file() and path.suffix != ".ipynb")
    return {target / path.relative_to(source): path.read_bytes() for path in found}


def _disk(error: OSError, course: Course) -> GraderError:
    path = error.filename or course.root
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    advice = "make room on the disk" if full else "mend that"
    return GraderError(
        f"{path} cannot be written ({error.strerror}): {advice} and run the same command again; what was"
        " graded is kept in the journal"
    )
