"""Damaged notebooks: each damage is mended and told, and a good notebook is left as it is."""

import copy

import nbformat
import pytest
from nbformat import v4

from autograder.submissions.read_notebook import NotReadable
from autograder.submissions.repair import repair, with_notes
from tests.autograder.tiny_lab import cell_of, position


def ids(notebook):
    return [c.metadata.get("nbgrader", {}).get("grade_id") for c in notebook.cells]


def check(notebook, release):
    """Repairs, and makes sure that nbgrader will find every graded cell once and in its first form."""
    mended, notes = repair(notebook, release)
    nbformat.validate(mended)
    for cell in release.cells:
        marks = cell.metadata.get("nbgrader")
        if marks is None or not (marks.grade or marks.locked):
            continue
        assert ids(mended).count(marks.grade_id) == 1
        same = cell_of(mended, marks.grade_id)
        assert same.metadata == cell.metadata
        if marks.locked:
            assert same.source == cell.source
    return mended, notes


def test_a_good_notebook_is_unchanged(solved, release):
    mended, notes = check(solved, release)
    assert notes == []
    assert [(c.id, c.source) for c in mended.cells] == [(c.id, c.source) for c in solved.cells]


def test_students_may_add_cells_and_change_text(solved, release):
    solved.cells.insert(3, v4.new_code_cell("x = 1", id="mine"))
    solved.cells[0].source = "My notes"
    mended, notes = check(solved, release)
    assert notes == []
    assert mended.cells[3].source == "x = 1"


def test_a_duplicated_check_counts_once(solved, release):
    twin = copy.deepcopy(cell_of(solved, "check_conv_params"))
    twin.id = "twin"
    solved.cells.append(twin)
    _, notes = check(solved, release)
    assert notes == ["The check 'check_conv_params' was there 2 times; the first one counts."]


def test_a_duplicated_read_only_cell_counts_once(solved, release):
    solved.cells.append(copy.deepcopy(cell_of(solved, "setup")))
    _, notes = check(solved, release)
    assert notes == ["The read-only cell 'setup' was there 2 times; the first one counts."]


def test_a_split_answer_stays_in_both_places(solved, release):
    cell = cell_of(solved, "conv_params")
    head, tail = cell.source.split("\n", 1)
    second = copy.deepcopy(cell)
    cell.source, second.source, second.id = "helper = 1", f"{head}\n{tail}", "second"
    solved.cells.insert(3, second)
    mended, notes = check(solved, release)
    assert notes == ["The answer 'conv_params' stood in 2 cells; all of them were kept."]
    assert [c.source for c in mended.cells[2:4]] == ["helper = 1", f"{head}\n{tail}"]
    assert ids(mended)[2:4] == ["conv_params", None]
    assert position(mended, "check_conv_params") == 4


def test_a_copy_of_the_untouched_stub_does_not_take_the_mark(solved, release):
    stub = copy.deepcopy(cell_of(release, "conv_params"))
    stub.id = "stub"
    solved.cells.insert(2, stub)
    mended, _ = check(solved, release)
    assert cell_of(mended, "conv_params").source.endswith("filters + filters")


def test_a_written_answer_in_two_cells_is_put_together(solved, release):
    more = copy.deepcopy(cell_of(solved, "why"))
    more.source, more.id = "And it is small.", "more"
    solved.cells.append(more)
    mended, _ = check(solved, release)
    assert cell_of(mended, "why").source == "It is cheap.\n\nAnd it is small."


@pytest.mark.parametrize("name", ["setup", "check_conv_params", "check_conv_macs", "test_plain"])
def test_a_deleted_cell_is_put_back_in_its_place(solved, release, name):
    del solved.cells[position(solved, name)]
    mended, notes = check(solved, release)
    assert notes == [f"The cell {name!r} was missing; it was put back."]
    assert ids(mended) == ids(release)


def test_several_deleted_cells_in_a_row_are_put_back_in_order(solved, release):
    for name in ("conv_macs", "check_conv_macs", "test_plain", "why"):
        del solved.cells[position(solved, name)]
    mended, notes = check(solved, release)
    assert [i for i in ids(mended) if i] == [i for i in ids(release) if i and i != "conv_macs"]
    assert "The cell for the answer 'conv_macs' was deleted." in notes


def test_a_check_is_put_back_behind_the_students_own_cells(solved, release):
    index = position(solved, "check_conv_params")
    solved.cells[index] = v4.new_code_cell("def conv_params(*sizes): ...", id="mine")
    mended, _ = check(solved, release)
    assert position(mended, "check_conv_params") == index + 1


def test_a_check_moved_before_its_answer_is_moved_back(solved, release):
    cell = solved.cells.pop(position(solved, "check_conv_macs"))
    solved.cells.insert(2, cell)
    mended, notes = check(solved, release)
    assert notes == ["The check 'check_conv_macs' stood before its answer; it was moved behind it."]
    assert ids(mended) == ids(release)


@pytest.mark.parametrize("name", ["conv_params", "check_conv_params"])
def test_a_retyped_cell_is_turned_back(solved, release, name):
    index = position(solved, name)
    old = solved.cells[index]
    solved.cells[index] = v4.new_markdown_cell(old.source, id=old.id, metadata=old.metadata)
    mended, notes = check(solved, release)
    assert notes == [f"The cell {name!r} had become a markdown cell; it was turned back."]
    assert mended.cells[index].source == old.source
    assert mended.cells[index].cell_type == "code"


def test_changed_marks_are_restored(solved, release):
    cell_of(solved, "check_conv_params").metadata.nbgrader.points = 100
    _, notes = check(solved, release)
    assert notes == ["The marks of the cell 'check_conv_params' differed from the lab's; they were restored."]


def test_a_changed_check_is_replaced(solved, release):
    cell_of(solved, "check_conv_params").source = "pass"
    _, notes = check(solved, release)
    assert notes == ["The read-only cell 'check_conv_params' differed from the lab's; the lab's counts."]


@pytest.mark.parametrize("with_ids", [True, False])
def test_a_notebook_without_any_marks_is_recognised(solved, release, with_ids):
    for number, cell in enumerate(solved.cells):
        cell.metadata = {}
        if not with_ids:
            cell.id = f"x{number}"
    mended, notes = check(solved, release)
    expected = [i for i in ids(release) if i]
    assert [i for i in ids(mended) if i] == expected
    assert "def conv_macs" in cell_of(mended, "conv_macs").source
    assert "The cell 'conv_macs' had lost its marks; they were restored." in notes


def test_marks_of_another_lab_are_removed(solved, release):
    other = v4.new_code_cell("1", id="other", metadata={"nbgrader": {"grade_id": "x", "grade": True}})
    odd = v4.new_code_cell("2", id="odd", metadata={"nbgrader": {"grade_id": ["list"]}})
    solved.cells += [other, odd]
    mended, notes = check(solved, release)
    assert notes == ["1 cells carried marks of another lab; they were left as ordinary cells."]
    assert mended.cells[-1].metadata == mended.cells[-2].metadata == {}


def test_another_notebook_is_refused(release):
    other = v4.new_notebook(cells=[v4.new_code_cell("print(1)")])
    with pytest.raises(NotReadable, match="none of its cells belong to this lab"):
        repair(other, release)


def test_a_cell_that_took_the_id_of_a_release_cell_gets_another(solved, release):
    index = position(solved, "check_conv_params")
    solved.cells[index] = v4.new_code_cell("mine = 1", id="check_conv_params", metadata={})
    solved.cells.append(copy.deepcopy(cell_of(release, "check_conv_params")))
    solved.cells[-1].id = "moved"
    mended, _ = check(solved, release)
    assert len({c.id for c in mended.cells}) == len(mended.cells)


def test_notes_stand_on_top_and_are_not_repeated(solved, release):
    noted = with_notes(solved, ["A *starred* <b>note</b>."])
    assert noted.cells[0].source.endswith(r"- A \*starred\* \<b\>note\</b\>.")
    mended, notes = check(noted, release)
    assert notes == []
    assert len(mended.cells) == len(solved.cells)
