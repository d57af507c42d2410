"""A lab as a student sees it: in JupyterLab, run from top to bottom; lab 3, or the one that LAB names."""

import os
import re

import nbformat
import pytest

from autograder.course import Course
from autograder.labs import samples
from cvlabs.checks.tasks import TASKS
from tests.browser.lab_page import open_notebook, run_all, show, validate
from tests.browser.lab_server import jupyter_server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab_in_browser")]

LAB = os.environ.get("LAB", "lab03_googlenet")
PATIENT = "get_config().Execute.timeout = 600"  # nbgrader gives a cell 30 s, few on a busy machine


@pytest.fixture(scope="module")
def address(browser, tmp_path_factory):  # `browser` first: without one, nothing else is started
    root = tmp_path_factory.mktemp("lab")
    lab = samples.read_lab(Course(root / "course"), LAB)
    (root / "labs").mkdir()
    nbformat.write(lab.solved(), root / "labs" / "solved.ipynb")
    nbformat.write(lab.release, root / "labs" / "blank.ipynb")
    (root / "labs" / "nbgrader_config.py").write_text(PATIENT)
    with jupyter_server(root / "labs", root / "home") as address:
        yield address


def outputs(cells, kind):
    """Returns all outputs of a MIME type, as text, by the index of their cell."""
    return {
        at: "".join(output["data"][kind])
        for at, cell in enumerate(cells)
        for output in cell.get("outputs", ())
        if kind in output.get("data", {})
    }


def errors(cells):
    """Returns the names of all errors by the index of their cell."""
    return {
        at: output["ename"]
        for at, cell in enumerate(cells)
        for output in cell.get("outputs", ())
        if output["output_type"] == "error"
    }


def red(cells):
    """Returns what was written to stderr, which a notebook shows in red, by the index of the cell."""
    return {
        at: output["text"]
        for at, cell in enumerate(cells)
        for output in cell.get("outputs", ())
        if output.get("name") == "stderr"
    }


def test_the_solved_lab_runs_from_top_to_bottom(browser, address, keep_picture):
    cells = run_all(browser, address, "solved.ipynb")
    assert errors(cells) == {}
    assert red(cells) == {}
    figures, reports = outputs(cells, "image/png"), outputs(cells, "text/html")
    for at in sorted(figures | reports):
        show(browser, at)
        keep_picture(f"solved_{at:02}")
    draws = re.compile(r"^plot\.", re.MULTILINE)
    assert set(figures) == {at for at, cell in enumerate(cells) if draws.search("".join(cell["source"]))}
    for check in TASKS[LAB]:
        assert any(f">{check}: right<" in report for report in reports.values()), check
    points = sum(task.points for task in TASKS[LAB].values())
    assert f"{points} of {points} points" in reports[max(reports)]
    assert f"{points} of {points} points" in browser.find_element("tag name", "body").text


def test_the_blank_lab_stops_at_its_first_check(browser, address, keep_picture):
    cells = run_all(browser, address, "blank.ipynb")
    first = next(at for at, cell in enumerate(cells) if "check(" in "".join(cell["source"]))
    show(browser, first)
    keep_picture("blank")
    text = browser.find_element("tag name", "body").text
    assert f"{next(iter(TASKS[LAB]))}: not right yet" in text
    assert "This function, or one that it calls, is not written yet." in text
    assert errors(cells).popitem()[1] == "CheckFailed"


def test_validate_lists_what_a_blank_lab_lacks(browser, address, keep_picture):
    open_notebook(browser, address, "blank.ipynb")
    said = validate(browser)
    keep_picture("validated")
    for check in TASKS[LAB]:
        assert f"CheckFailed: {check} is not right yet." in said
    assert "You did not provide a response." in said
