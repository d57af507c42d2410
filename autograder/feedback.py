"""An HTML page per student: nbgrader's for those who were graded, a short one for the others."""

import html
import shutil
from collections.abc import Callable
from pathlib import Path

from nbgrader.converters import GenerateFeedback

from autograder.course import Course
from autograder.errors import GraderError
from autograder.journal import read_results
from autograder.late_gradebook import apply_policy
from autograder.nbgrader_run import run_converter
from autograder.results import Result
from autograder.time_limit import time_limit

PAGE_SECONDS = 60

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{lab}</title></head>
<body style="font-family: sans-serif; max-width: 45em; margin: 2em auto; line-height: 1.5">
<h2>{lab}: {status}</h2>
{notes}
<p>{advice}</p>
</body></html>
"""
_ADVICE = {
    "not readable": "There is no score. Please hand in the notebook again.",
    "could not grade": "There is no score yet, and nothing was subtracted. A person will look at it.",
}


def write_feedback(
    course: Course, lab: str, progress: Callable[[str], None] = lambda line: None
) -> list[Path]:
    """Writes the feedback of every student who was graded, with what was graded by hand since.

    The late policy is applied first, to the points as they are now.

    Args:
        course: The course.
        lab: Name of the lab.
        progress: Called with one line per student.

    Returns:
        The pages.

    Raises:
        GraderError: Nobody was graded yet, or the late policy cannot be read.
    """
    results = read_results(course.journal, lab)
    if not results:
        raise GraderError(
            f"nobody was graded in {lab} yet; run: python -m autograder grade {lab} --from FOLDER"
        )
    apply_policy(course, lab)
    pages = []
    for student, result in sorted(results.items()):
        page = course.root / "feedback" / student / lab / f"{lab}.html"
        failed = _write(course, lab, student, result, page)
        pages.append(page)
        progress(f"{student}: {page}{failed}")
    return pages


def _write(course: Course, lab: str, student: str, result: Result, page: Path) -> str:
    """Writes one page; returns what else there is to say of it."""
    failed = ""
    if result.checks and course.notebook("autograded", lab, student).is_file():
        try:
            with time_limit(PAGE_SECONDS):
                run_converter(GenerateFeedback, course, lab, student)
        except (GraderError, TimeoutError) as error:  # one student's page must not cost the others theirs
            failed = f" (nbgrader could not write it: {error})"
        else:
            return ""
    shutil.rmtree(page.parent, ignore_errors=True)
    page.parent.mkdir(parents=True)
    page.write_text(_short_page(lab, result), encoding="utf-8")
    return failed


def _short_page(lab: str, result: Result) -> str:
    return _PAGE.format(
        lab=html.escape(lab),
        status=result.status,
        notes="\n".join(f"<p>{html.escape(note)}</p>" for note in result.notes),
        advice=_ADVICE.get(result.status, ""),
    )
