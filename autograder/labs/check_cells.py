"""Which grade cells are checks: read from the gradebook, which was filled from the lab's source. What a
submission says about itself does not count."""

from collections.abc import Mapping

from nbgrader.api import Gradebook

from autograder.labs.markers import CHECK_PREFIX

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
