"""The class report: one HTML page that needs nothing beside it."""

import ast
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.course import REPOSITORY, Course
from autograder.errors import GraderError
from autograder.export.class_marks import class_marks
from autograder.report.class_statistics import by_reason, check_summaries, marks, runs_by, seconds
from autograder.report.read_answers import Answers, answer_text, read_answers
from autograder.report.similarity import (
    LEAST_FRAGMENTS,
    LEAST_SHARE,
    Pair,
    crowds,
    idiom_above,
    similar_pairs,
)
from autograder.results import Results

ROWS = 50
"""Lines of a list before it says how many more there are."""
NAMES = 12
"""Students named in one line."""
SHOWN_PAIRS = 20
"""Pairs whose answers stand in the page."""
_CHARACTERS = 2_000
# Characters that no text needs and that change how others are displayed: controls, and turns of direction.
_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")

Progress = Callable[[str], None]


def write_report(
    course: Course, lab: str, path: Path | None = None, progress: Progress = lambda line: None
) -> Path:
    """Writes the report of a class.

    Args:
        course: The course.
        lab: Name of the lab.
        path: The file; by default `report/<lab>.html` in the course folder.
        progress: Called with a line now and then, in large classes.

    Returns:
        The file.

    Raises:
        GraderError: Nobody was graded yet, the lab was never built, or the file cannot be written.
    """
    standing = class_marks(course, lab)
    page = report(course, lab, standing.results, progress, standing.gone)
    path = path or course.root / "report" / f"{lab}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.encode("utf-8", "replace"))  # a notebook's JSON may hold half a character
    except OSError as error:
        raise GraderError(f"{path} cannot be written: {error.strerror}; name another --output") from error
    return path


def report(
    course: Course,
    lab: str,
    results: Results,
    progress: Progress = lambda line: None,
    gone: Sequence[str] = (),
) -> str:
    """Returns the report as HTML: the same bytes for the same class.

    Args:
        course: Where the notebooks are that were handed in.
        lab: Name of the lab.
        results: The class.
        progress: As `write_report`.
        gone: Students who were graded and are not in the gradebook any more.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,  # names, notes and answers are students' texts
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": _number,
        "memory": _memory,
        "words": _words,
        "brief": _brief,
        "breakable": _breakable,
    }
    template = environment.get_template("report.html")
    answers = read_answers(course, lab, sorted(results), progress)
    page = template.render(
        lab=lab, gone=gone, rows=ROWS, names=NAMES, **_grades(lab, results), **_likeness(course, lab, answers)
    )
    return _STEERING.sub("\ufffd", page)


def _grades(lab: str, results: Results) -> dict[str, Any]:
    checks = check_summaries(results)
    most = sum(check.max for check in checks)
    runs = {student: result.run for student, result in results.items() if result.run is not None}
    return {
        "results": results,
        "checks": checks,
        "most": most,
        "marks": marks(results, most),
        "waiting": [check for check in checks if check.by_hand],
        "not_graded": by_reason(results, "could not grade"),
        "not_readable": by_reason(results, "not readable"),
        "hints": _hints(lab),
        "seconds": seconds(results),
        "slowest": sorted(runs.items(), key=lambda run: (-run[1].seconds, run[0]))[:5],
        "largest": sorted(runs.items(), key=lambda run: (-run[1].peak_memory, run[0]))[:5],
        "isolation": runs_by(results, lambda run: run.isolation),
        "kernels": runs_by(results, lambda run: run.kernel),
        "graders": runs_by(results, lambda run: run.grader),
        "labs": runs_by(results, lambda run: run.lab),
        "finished": max((run.finished for run in runs.values()), default=""),
        "unprotected": sorted(student for student, run in runs.items() if run.isolation == "none"),
    }


def _likeness(course: Course, lab: str, answers: Answers) -> dict[str, Any]:
    pairs = similar_pairs(answers)
    return {
        "pairs": pairs,
        "texts": [_texts(course, lab, pair) for pair in pairs[:SHOWN_PAIRS]],
        "crowds": crowds(answers),
        "idiom": idiom_above(max((len(prints) for prints in answers.exercises.values()), default=0)),
        "least_fragments": LEAST_FRAGMENTS,
        "least_share": LEAST_SHARE,
    }


def _texts(course: Course, lab: str, pair: Pair) -> tuple[str, Sequence[tuple[str, str]]]:
    """Returns the exercise in which a pair shares most, and whose answer to it reads how."""
    exercise = max(sorted(pair.exercises), key=lambda name: pair.exercises[name].rare)
    students = [pair.student] if pair.is_file else [pair.student, pair.other]
    return exercise, [(name, answer_text(course, lab, name, exercise)[:_CHARACTERS]) for name in students]


def _hints(lab: str) -> dict[str, str]:
    """Returns misconception -> what a student is told of it, read without importing Keras."""
    hints = {}
    for path in sorted((REPOSITORY / "cvlabs" / "checks" / "answers").glob(f"{lab.partition('_')[0]}_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                hints[node.name] = ast.get_docstring(node) or ""
    return hints


def _number(value: float) -> str:
    """Writes a number to three digits: 12.5, 0.333, 10,000."""
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:.3g}"


def _memory(size: float) -> str:
    return f"{size / 2**20:,.0f} MiB"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _breakable(name: str) -> Markup:
    """Lets a long name break behind its underscores rather than anywhere."""
    return Markup("_<wbr>").join(name.split("_"))


def _brief(text: str, most: int = 300) -> str:
    """Writes a text on one line, shortened."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
