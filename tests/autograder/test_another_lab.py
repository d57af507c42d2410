"""The notebook of another lab is refused, never graded 0; this lab's is taken, whatever happened to it."""

import json
from itertools import permutations

import nbformat
import pytest
from nbformat import v4
from nbgrader.api import Gradebook

from autograder import grade
from autograder.course import REPOSITORY
from autograder.labs import build
from autograder.submissions.read_notebook import NotReadable, labs_named, parse_notebook
from autograder.submissions.repair import repair
from tests.autograder.fake_grading import pretend
from tests.autograder.tiny_lab import CHECKS, LAB, cell_of, hand_in

FILES = {path.stem: path for path in sorted((REPOSITORY / "labs").glob("lab*/lab*.ipynb"))}
PAIRS = list(permutations(FILES, 2))


def untouched(data):
    pass


def without_metadata(data):
    """What a tool leaves that strips a notebook of all that is not text."""
    data["metadata"] = {}
    for cell in data["cells"]:
        del cell["id"]
        cell["metadata"] = {}


def with_another_setup(data):
    cell = next(cell for cell in data["cells"] if cell["id"] == "setup")
    cell["source"] = ["import keras\n", "import numpy as np"]


def without_setup(data):
    data["metadata"] = {}
    data["cells"] = [cell for cell in data["cells"] if cell["id"] != "setup"]


def without_setup_and_metadata(data):
    without_setup(data)
    without_metadata(data)


def only_the_first_cells(data):
    data["cells"] = data["cells"][:12]


CHANGES = [
    untouched, without_metadata, with_another_setup, without_setup, without_setup_and_metadata,
    only_the_first_cells,
]  # fmt: skip


def read(lab, change=untouched):
    data = json.loads(FILES[lab].read_bytes())
    change(data)
    return parse_notebook(f"{lab}.ipynb", json.dumps(data).encode())[0]


def release(lab):
    return nbformat.read(FILES[lab], as_version=4)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("other", "lab"), PAIRS)
def test_another_labs_notebook_is_refused(other, lab, change):
    with pytest.raises(NotReadable, match="This is the notebook of another lab: ") as caught:
        repair(read(other, change), release(lab))
    says_nothing = change in (without_setup, without_setup_and_metadata)
    assert (f"it seems to be of {other}." in str(caught.value)) == (not says_nothing)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("lab", FILES)
def test_this_labs_notebook_is_taken(lab, change):
    mended, _ = repair(read(lab, change), release(lab))
    assert cell_of(mended, "setup").source == cell_of(release(lab), "setup").source


def test_the_labs_share_names_so_these_tests_prove_something():
    names = {lab: {n for c in release(lab).cells if (n := marks(c).get("grade_id"))} for lab in FILES}
    assert all("setup" in names[one] & names[two] for one, two in PAIRS)
    assert max(len(names[one] & names[two]) for one, two in PAIRS) > 3


def marks(cell):
    return cell.metadata.get("nbgrader", {})


def test_a_lab_in_the_file_of_another_is_taken_by_its_cells():
    one, two = list(FILES)[:2]
    mixed = read(one)
    mixed.cells = read(two).cells
    assert labs_named(mixed) == [two, one]
    assert repair(mixed, release(two))[1] == []
    with pytest.raises(NotReadable, match=f"it seems to be of {two}"):
        repair(mixed, release(one))


def test_cells_that_were_copied_from_another_lab_do_no_harm():
    one, two = list(FILES)[:2]
    mixed = read(one)
    copied = [cell for cell in read(two).cells if cell.id != "setup"]
    for number, cell in enumerate(copied):
        cell.id = f"copied-{number}"
    mixed.cells += copied
    mended, notes = repair(mixed, release(one))
    assert "cells carried marks of another lab; they were left as ordinary cells" in notes[0]
    assert len(mended.cells) == len(mixed.cells)


def test_a_wrong_name_in_the_setup_cell_is_mended(solved, release):
    cell_of(solved, "setup").source = 'check, summary = lab("lab01_alexnet")'
    solved.metadata = {}
    _, notes = repair(solved, release)
    assert notes == ["The read-only cell 'setup' differed from the lab's; the lab's counts."]


def test_invented_names_do_not_hide_this_labs_cells(solved, release):
    for number in range(20):
        name = {"grade_id": f"bonus{number}", "grade": True, "points": 100}
        solved.cells.append(v4.new_code_cell("100", id=f"bonus{number}", metadata={"nbgrader": name}))
    assert repair(solved, release)[1] == [
        "20 cells carried marks of another lab; they were left as ordinary cells."
    ]


@pytest.mark.parametrize(
    "cvlabs", [3, [], {"generated": 3}, {"generated": ["x"]}, {"generated": "solutions/"}]
)
def test_what_it_was_generated_from_may_be_anything(cvlabs):
    data = {"cells": [], "metadata": {"cvlabs": cvlabs}}
    assert labs_named(parse_notebook("x.ipynb", json.dumps(data).encode())[0]) == []


def test_a_mixed_up_file_leaves_what_was_graded(course, solved, monkeypatch, tmp_path):
    pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    path = hand_in(tmp_path / "class", "ada", solved)
    assert grade.grade(course, LAB, tmp_path / "class")["ada"].total == 4
    path.write_bytes(FILES["lab02_vgg"].read_bytes())
    result = grade.grade(course, LAB, tmp_path / "class")["ada"]
    assert (result.status, result.total, dict(result.checks)) == ("not readable", None, {})
    assert result.notes == ("This is the notebook of another lab: it seems to be of lab02_vgg.",)
    with Gradebook(course.database) as gradebook:
        assert gradebook.find_submission_notebook(LAB, LAB, "ada").score == 4
