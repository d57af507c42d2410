"""An HTML page per student: nbgrader's for those who were graded, a short one for the others."""

import html
import os
import shlex
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from nbgrader.converters import GenerateFeedback

from autograder.course import Course
from autograder.crew import end_with
from autograder.errors import GraderError
from autograder.export import current_results
from autograder.feedback.basis import bases, is_made_from, sign
from autograder.feedback.time_limit import time_limit
from autograder.nbgrader_run import run_converter
from autograder.results import Result

PAGE_SECONDS = 60
PAGES_WORTH_A_PROCESS = 4  # a process takes as long to start as some pages to write

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{lab}</title></head>
<body style="font-family: sans-serif; max-width: 45em; margin: 2em auto; line-height: 1.5">
<h2>{lab}: {status}</h2>
{notes}
<p>{advice}</p>
</body></html>
"""
_ADVICE = {
    "graded": "There is a score. The page about it could not be written: please ask for it.",
    "not readable": "There is no score. Please hand in the notebook again.",
    "could not grade": "There is no score yet, and nothing was subtracted. A person will look at it.",
}


def write_feedback(
    course: Course,
    lab: str,
    progress: Callable[[str], None] = lambda line: None,
    jobs: int = 1,
    remark: Callable[[str], None] = lambda line: None,
) -> list[Path]:
    """Writes the feedback of every student who was graded, with what was graded by hand since.

    The late policy is applied first, to the points as they are now. A page that would be the same again is
    left as it is.

    Args:
        course: The course.
        lab: Name of the lab.
        progress: Called with one line per page that is written.
        jobs: Processes that write pages.
        remark: Called with one line per page that cannot be written; what was there is left.

    Returns:
        The pages of all students.

    Raises:
        GraderError: Nobody was graded yet, or none of them is in the gradebook, the late policy cannot be
            read, or a process was killed.
    """
    results = current_results(course, lab)
    with_checks = {student for student, result in results.items() if result.checks}
    graded = {student: basis for student, basis in bases(course, lab).items() if student in with_checks}
    for student in sorted(with_checks - graded.keys()):
        remark(
            f"{student}: no page, for want of {course.notebook('autograded', lab, student)}: "
            f"grade again, with --again --only {shlex.quote(student)}"
        )
        del results[student]
    pages = {student: _page(course, lab, student) for student in sorted(results)}
    failures = {student: "" for student in pages if student not in graded}
    waiting = [student for student in graded if not is_made_from(pages[student], graded[student])]
    for student, failed in _converted(course, lab, waiting, jobs):
        if failed:
            failures[student] = f" (nbgrader could not write it: {failed})"
        else:
            sign(pages[student], graded[student])
            progress(f"{student}: {pages[student]}")
    for student, failed in failures.items():
        if _write_short(lab, results[student], pages[student]) or failed:
            progress(f"{student}: {pages[student]}{failed}")
    return list(pages.values())


def _page(course: Course, lab: str, student: str) -> Path:
    return course.root / "feedback" / student / lab / f"{lab}.html"


def _converted(course: Course, lab: str, students: list[str], jobs: int) -> Iterator[tuple[str, str]]:
    """Lets nbgrader write pages, one after the other or side by side; gives student and what failed."""
    jobs = min(jobs, len(students) // PAGES_WORTH_A_PROCESS)
    if jobs < 2:
        yield from ((student, _convert(course, lab, student)) for student in students)
        return
    with ProcessPoolExecutor(
        jobs, get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
    ) as processes:
        tasks = {processes.submit(_convert, course, lab, student): student for student in students}
        try:
            for task in as_completed(tasks):
                yield tasks[task], task.result()
        except BrokenProcessPool as error:
            raise GraderError(
                "a process that writes pages was killed, for want of memory perhaps; what is written stays: "
                "run the same command again, with --jobs 1 if that does not help"
            ) from error
        finally:
            processes.shutdown(cancel_futures=True)


def _begin(parent: int) -> None:
    """Prepares a process: it leaves Ctrl-C to the one that gives out the work, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def _convert(course: Course, lab: str, student: str) -> str:
    """Writes one page; returns what failed. One student's page must not cost the others theirs."""
    try:
        with time_limit(PAGE_SECONDS):
            run_converter(GenerateFeedback, course, lab, student)
    except (GraderError, TimeoutError) as error:
        return str(error)
    return ""


def _write_short(lab: str, result: Result, page: Path) -> bool:
    """Writes a short page, alone in its folder; returns whether it is another one now."""
    text = _short_page(lab, result).encode("utf-8", "replace")  # a note may hold half a character
    if page.is_file() and page.read_bytes() == text:
        return False
    shutil.rmtree(page.parent, ignore_errors=True)
    page.parent.mkdir(parents=True)
    page.write_bytes(text)
    return True


def _short_page(lab: str, result: Result) -> str:
    return _PAGE.format(
        lab=html.escape(lab),
        status=result.status,
        notes="\n".join(f"<p>{html.escape(note)}</p>" for note in result.notes),
        advice=_ADVICE[result.status],
    )
