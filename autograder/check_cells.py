"""Which grade cells are checks: read from the gradebook, which was filled from the lab's source. What a
submission says about itself does not count."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.markers import CHECK_PREFIX
from autograder.seeds import course_secret, seed

MIME = "application/vnd.cvlabs.evidence+json"  # cvlabs.checks.evidence.MIME, without loading Keras


def check_cells(info: Mapping[str, str]) -> dict[str, float]:
    """Returns the checks of a notebook and the points of each.

    Args:
        info: nbgrader's `resources["nbgrader"]`.
    """
    with Gradebook(info["db_url"]) as gradebook:
        cells = gradebook.find_notebook(info["notebook"], info["assignment"]).grade_cells
        named = {cell.name: float(cell.max_score) for cell in cells if cell.cell_type == "code"}
    return {n.removeprefix(CHECK_PREFIX): points for n, points in named.items() if n.startswith(CHECK_PREFIX)}


def seeds(course: Path, student: str, lab: str, checks: Iterable[str]) -> dict[str, str]:
    """Returns the seed of each check for one student."""
    secret = course_secret(course)
    return {check: seed(secret, student, lab, check) for check in checks}
