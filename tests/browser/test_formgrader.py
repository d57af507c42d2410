"""nbgrader's formgrader, as an instructor sees a class that was graded by `python -m autograder grade`."""

import nbformat
import pytest

from autograder.course import Course
from autograder.export import current_results
from autograder.grade import grade
from autograder.gradebook.marks import read_marks
from autograder.kernels.provisioner import isolation
from autograder.labs import sample_kinds, samples
from tests.browser.lab_page import LOAD_SECONDS, RUN_SECONDS, wait
from tests.browser.lab_server import jupyter_server, page

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("formgrader")]

LAB = "lab03_googlenet"
CLASS = ("all_right", "half_done", "truncated_file")
TAKEN = "<script>window.taken=1</script><img src=x onerror='window.taken=1'>"
OUTPUTS = f"""
from IPython.display import HTML, Javascript, Markdown, display
display(HTML({TAKEN!r}), Markdown({TAKEN!r}), Javascript("window.taken=1"))
display(HTML("<input class=score id=check_stem><b id=harmless>shown</b>"))
"""


def malicious(lab):
    """All right, and made to take over the page that shows it."""
    notebook = lab.solved()
    samples.cell_of(notebook, "stem").source += OUTPUTS
    samples.cell_of(notebook, "why_auxiliary").source += f" **Shown.** {TAKEN}"
    return notebook


@pytest.fixture(scope="module")
def graded(browser, tmp_path_factory):
    """A graded class; without a browser nothing is graded."""
    root = tmp_path_factory.mktemp("graded")
    course = Course(root / "course")
    lab = samples.read_lab(course, LAB)
    every = sample_kinds.all_kinds(lab)
    every["all_right"] = samples.Sample(malicious)
    samples.write({student: every[student] for student in CLASS}, lab, root / "class")
    results = grade(course, LAB, root / "class")
    with jupyter_server(course.root, root / "home") as address:
        browser.get(page(address, "lab"))  # logs in; the formgrader's own requests carry no token
        yield address, results, course


def table(browser, address, path):
    """Opens a page of the formgrader and returns the rows of its table."""
    browser.get(page(address, f"formgrader/{path}"))
    wait(browser, "return document.querySelector('tbody tr td a') !== null", LOAD_SECONDS)
    return [row.text for row in browser.find_elements("css selector", "tbody tr")]


def submission(browser, graded, student):
    """Opens what a student handed in; the formgrader's own lists are in the order of random ids."""
    address, _, course = graded
    browser.get(page(address, f"formgrader/submissions/{read_marks(course, LAB)[student].notebook}"))
    wait(browser, "return document.querySelector('.cvlabs-report') !== null", LOAD_SECONDS)


def test_it_lists_the_lab(browser, graded, keep_picture):
    address, _, _ = graded
    rows = table(browser, address, "manage_assignments")
    keep_picture("formgrader_assignments")
    assert len(rows) == 1
    assert LAB in rows[0]


def test_it_lists_the_grades(browser, graded, keep_picture):
    address, results, _ = graded
    rows = table(browser, address, f"manage_submissions/{LAB}")
    keep_picture("formgrader_submissions")
    for student in ("all_right", "half_done"):
        result = results[student]
        score = f"{result.total:g} / {sum(check.max for check in result.checks.values()):g}"
        assert any(student in row and score in row for row in rows), (student, score, rows)


def test_a_submission_opens_with_its_reports(browser, graded, keep_picture):
    address, results, _ = graded
    table(browser, address, f"gradebook/{LAB}/{LAB}")
    keep_picture("formgrader_gradebook")
    submission(browser, graded, "all_right")
    report = browser.find_element("class name", "cvlabs-report")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", report)
    keep_picture("formgrader_submission")
    assert "conv_params: right (1 of 1 points)" in report.text
    assert len(browser.find_elements("css selector", "input.score")) == len(results["all_right"].checks)


def test_what_a_submission_holds_does_nothing_on_that_page(browser, graded):
    submission(browser, graded, "all_right")
    shown = [element.text for element in browser.find_elements("css selector", "b, strong")]
    assert "shown" in shown
    assert "Shown." in shown
    assert browser.execute_script("return window.taken === undefined")


def test_its_autograde_button_starts_an_isolated_kernel(browser, graded, keep_picture):
    address, results, course = graded
    table(browser, address, f"manage_submissions/{LAB}")
    row = next(r for r in browser.find_elements("css selector", "tbody tr") if "half_done" in r.text)
    path = course.notebook("autograded", LAB, "half_done")
    before = path.stat().st_mtime_ns
    row.find_element("css selector", "td.autograde a").click()
    wait(browser, "return document.querySelector('#success-modal, #error-modal') !== null", RUN_SECONDS)
    keep_picture("formgrader_autograded")
    assert path.stat().st_mtime_ns != before
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata["cvlabs"]["isolation"] == isolation(unsafe=True).level
    assert notebook.metadata["cvlabs"]["kernel"] == "warm"
    assert current_results(course, LAB)["half_done"].total == results["half_done"].total
