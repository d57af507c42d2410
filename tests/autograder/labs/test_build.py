"""solutions/ -> labs/: what students get, byte for byte the same every time."""

import json

import nbformat
import pytest

from autograder.errors import GraderError
from autograder.labs import build
from autograder.labs.source import read_source
from tests.autograder.tiny_lab import CHECKS, LAB, SOURCE, cell_of


def edit(course, old, new):
    path = course.solutions / LAB / f"{LAB}.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_students_get_stubs_and_no_solution(course):
    notebook = nbformat.read(build.build(course, LAB, CHECKS) / f"{LAB}.ipynb", as_version=4)
    stub = cell_of(notebook, "conv_params").source
    assert stub.endswith("    # YOUR CODE HERE\n    raise NotImplementedError()")
    assert '"""Parameters of a convolution."""' in stub
    assert cell_of(notebook, "why").source == "YOUR ANSWER HERE"
    assert "SOLUTION" not in nbformat.writes(notebook)
    assert cell_of(notebook, "check_conv_params").source == 'check("conv_params", conv_params)'
    assert "from solutions/" in notebook.metadata.cvlabs.generated


def test_building_again_gives_the_same_bytes(course):
    path = build.build(course, LAB, CHECKS) / f"{LAB}.ipynb"
    first = path.read_bytes()
    build.build(course, LAB, CHECKS)
    assert path.read_bytes() == first
    assert build.check(course, CHECKS) == []


def test_a_changed_cell_changes_no_other_cell_id(course):
    before = [c.id for c in read_source(course.solutions / LAB / f"{LAB}.py", CHECKS[LAB]).cells]
    edit(course, "# %% [markdown]\n# Now", "# %%\n1 + 1\n\n# %% [markdown]\n# Now")
    after = [c.id for c in read_source(course.solutions / LAB / f"{LAB}.py", CHECKS[LAB]).cells]
    assert before == ["start-1", "setup", "conv_params", "check_conv_params", "check_conv_params-1",
                      "conv_macs", "check_conv_macs", "test_plain", "why"]  # fmt: skip
    assert [i for i in after if i not in before] == ["check_conv_params-2"]


@pytest.fixture
def builds(monkeypatch):
    """How often a lab was built in a course's folder."""
    made = []
    whole = build.build_course
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    monkeypatch.setattr(build, "build_course", lambda *args: made.append(args) or whole(*args))
    return made


def test_what_is_built_is_not_built_again(course, builds):
    release = build.ensure_course(course, LAB)
    before = (release / f"{LAB}.ipynb").read_bytes()
    (course.root / "nbgrader_config.py").unlink()
    assert build.ensure_course(course, LAB) == release
    assert len(builds) == 1
    assert (course.root / "nbgrader_config.py").is_file()
    assert (release / f"{LAB}.ipynb").read_bytes() == before


@pytest.mark.parametrize("what", ["solution", "figure", "source", "release", "gradebook", "version"])
def test_what_has_changed_is_built_again(course, builds, what, monkeypatch):
    release = build.ensure_course(course, LAB)
    match what:
        case "solution":
            edit(course, "A tiny lab", "A small lab")
        case "figure":
            (course.solutions / LAB / "module.svg").write_text("x")
        case "source" | "release":
            path = course.root / what / LAB / f"{LAB}.ipynb"
            path.write_text(path.read_text().replace("tiny", "huge"))
        case "gradebook":
            (course.root / "gradebook.db").unlink()
        case "version":
            monkeypatch.setattr(build, "grader_version", lambda: "another")
    build.ensure_course(course, LAB)
    assert len(builds) == 2
    assert "huge" not in (release / f"{LAB}.ipynb").read_text()
    build.ensure_course(course, LAB)
    assert len(builds) == 2


def test_only_figures_are_released_with_the_notebook(course):
    folder = course.solutions / LAB
    (folder / "figures").mkdir()
    for name in ("module.svg", "figures/stem.png", "notes.txt", "answers.py", ".secret.png"):
        (folder / name).write_text("x")
    target = build.build(course, LAB, CHECKS)
    released = sorted(str(p.relative_to(target)) for p in target.rglob("*") if p.is_file())
    assert released == ["figures/stem.png", f"{LAB}.ipynb", "module.svg"]


def test_check_lists_what_is_stale_and_changes_nothing(course):
    target = build.build(course, LAB, CHECKS)
    edit(course, "A tiny lab", "A small lab")
    (target / "left-over.png").write_text("x")
    (course.labs / "README.md").write_text("by hand")
    (course.labs / "lab91_gone").mkdir()
    before = (target / f"{LAB}.ipynb").read_bytes()
    stale = build.check(course, CHECKS)
    assert stale == [target / f"{LAB}.ipynb", target / "left-over.png", course.labs / "lab91_gone"]
    assert (target / f"{LAB}.ipynb").read_bytes() == before
    build.build(course, LAB, CHECKS)
    assert not (target / "left-over.png").exists()
    assert (course.labs / "README.md").read_text() == "by hand"


def test_work_in_a_released_notebook_is_not_overwritten(course):
    path = build.build(course, LAB, CHECKS) / f"{LAB}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell_of(notebook, "conv_params").source += "\n# my work"
    nbformat.write(notebook, path)
    with pytest.raises(GraderError, match="holds somebody's work; move it away"):
        build.build(course, LAB, CHECKS)
    assert "my work" in path.read_text()
    build.build(course, LAB, CHECKS, overwrite=True)
    assert "my work" not in path.read_text()


def test_running_a_released_notebook_is_no_work(course):
    path = build.build(course, LAB, CHECKS) / f"{LAB}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell_of(notebook, "setup").execution_count = 3
    nbformat.write(notebook, path)
    build.build(course, LAB, CHECKS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('locked="setup"', 'loked="setup"', ":4: unknown marker 'loked'"),
        ('n="conv_macs"', 'n="conv_params"', ":23: the id 'conv_params' is taken by the cell in line 9"),
        ('"conv_macs", conv_macs', '"conv_mac", conv_mac', ":31: grade='conv_macs' stands on a cell"),
        ("# %% [markdown]\n# # A", "import os\n\n# %% [markdown]\n# # A", ":1: 10 cells but 9 markers"),
        ("# %%", "# %", ":1: no cells"),
        ('lab("lab90_tiny")', 'lab("lab91_other")', ":1: a locked=.* must say which lab this is"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_source_is_told_with_its_line(course, old, new, message):
    edit(course, old, new)
    with pytest.raises(GraderError, match=f"{LAB}.py{message}"):
        build.build(course, LAB, CHECKS)
    assert not (course.labs / LAB).exists()


def test_labs_are_found_by_the_beginning_of_their_name(course):
    assert course.find_lab("lab90") == LAB
    with pytest.raises(GraderError, match=r"there is no lab 'lab91'.*there are: lab90_tiny"):
        course.find_lab("lab91")


def test_several_labs_with_the_same_beginning_are_listed(course):
    other = course.solutions / "lab90_other" / "lab90_other.py"
    other.parent.mkdir()
    other.write_text(SOURCE)
    with pytest.raises(GraderError, match="fits several labs: lab90_other, lab90_tiny"):
        course.find_lab("lab90")


def test_the_real_checks_are_known():
    checks = build.known_checks()
    assert checks["lab03_googlenet"]["conv_params"] == 1
    assert json.dumps(checks)


def test_a_lab_sees_only_its_own_checks(course):
    for others in ({}, {"lab91_other": CHECKS[LAB]}, {LAB: {"conv_macs": 1}, "lab91_other": CHECKS[LAB]}):
        with pytest.raises(GraderError, match=r"grade='conv_params': .* no check of that name for this lab"):
            build.build(course, LAB, others)
