"""A student's points as they stand in nbgrader's gradebook, together with the judge's verdicts."""

from collections.abc import Mapping
from dataclasses import replace

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade

from autograder.course import Course
from autograder.markers import CHECK_PREFIX
from autograder.results import CheckResult, Result, Status


def read_grades(course: Course, lab: str, student: str) -> dict[str, CheckResult]:
    """Returns the result of each graded cell, in the order of the notebook.

    Points come from the gradebook, so those given by hand in the formgrader count; outcomes come from the
    autograded notebook, where the judge left them.
    """
    notebook = nbformat.read(course.notebook("autograded", lab, student), as_version=4)
    with Gradebook(course.database) as gradebook:
        grades = gradebook.find_submission_notebook(lab, lab, student).grades
        given = [g for g in grades if g.auto_score is not None or g.manual_score is not None]
        most = {grade.name: float(grade.max_score) for grade in grades}
        return check_results(notebook, {grade.name: float(grade.score) for grade in given}, most)


def check_results(
    notebook: NotebookNode, points: Mapping[str, float | None], most: Mapping[str, float]
) -> dict[str, CheckResult]:
    """Joins points and verdicts.

    Args:
        notebook: The judged notebook.
        points: By name of the graded cell; those that nobody has given yet are missing or `None`.
        most: What each graded cell is worth.
    """
    results: dict[str, CheckResult] = {}
    for cell in notebook.cells:
        name = str(cell.metadata.nbgrader.get("grade_id")) if is_grade(cell) else ""
        if name not in most:
            continue
        verdict = cell.metadata.get("cvlabs", {})
        outcome = verdict.get("outcome") or _outcome(cell.cell_type, points.get(name), most[name])
        results[name.removeprefix(CHECK_PREFIX)] = CheckResult(
            points=points.get(name),
            max=most[name],
            outcome=outcome,
            misconception=verdict.get("misconception"),
            reason=verdict.get("hint", "") if outcome == "unjudged" else "",
        )
    return results


def _outcome(cell_type: str, points: float | None, most: float) -> str:
    if cell_type != "code":
        return "by hand"
    return "passed" if points == most else "failed"


def max_points(course: Course, lab: str) -> dict[str, float]:
    """Returns what each graded cell of a lab is worth; empty if the lab was never built."""
    try:
        with Gradebook(course.database) as gradebook:
            notebook = gradebook.find_notebook(lab, lab)
            return {c.name.removeprefix(CHECK_PREFIX): float(c.max_score) for c in notebook.grade_cells}
    except MissingEntry:
        return {}


def settled(result: Result, checks: dict[str, CheckResult]) -> Result:
    """Returns a student's result with new points: a total only where no check waits for a verdict."""
    unjudged = [
        name for name, check in checks.items() if check.outcome == "unjudged" and check.points is None
    ]
    status: Status = "could not grade" if unjudged else "graded"
    total = None if unjudged else sum(check.points or 0 for check in checks.values())
    return replace(result, status=status, checks=checks, total=total)
