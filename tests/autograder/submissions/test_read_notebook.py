"""Submitted files of every kind: a notebook, or one clear line."""

import json

import nbformat
import pytest

from autograder.submissions.read_notebook import NotReadable, parse_notebook, read_bytes
from tests.autograder.tiny_lab import hand_in


def read_notebook(path):
    return parse_notebook(path.name, read_bytes(path))


def written(tmp_path, content):
    path = tmp_path / "lab.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"lab.ipynb is empty \(0 bytes\)"),
        ("  \n", "holds only blanks"),
        ('{"cells": [{"cell_type": "code", "sou', "not valid JSON .* seems to be cut off"),
        ("{'cells': []}", "not valid JSON .* in line 1, column 2"),
        ("<<<<<<< HEAD\n{}", "not valid JSON"),
        ("[1, 2]", "holds a JSON list"),
        ("3", "holds a JSON int"),
        ('{"nbformat": 4}', "holds no list of cells"),
        ('{"cells": {"a": 1}}', "holds no list of cells"),
        ("[" * 100_000, "its JSON cannot be read"),
        ('{"cells": ' + "9" * 5000 + "}", "its JSON cannot be read"),
        (b"\xff\xfe\x00PK", "is not UTF-8 text"),
        (json.dumps({"cells": [{}] * 2001}), "has 2,001 cells"),
    ],
)
def test_what_is_no_notebook_is_told_in_a_line(tmp_path, content, message):
    with pytest.raises(NotReadable, match=message):
        read_notebook(written(tmp_path, content))


def test_an_enormous_file_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.submissions.read_notebook.MAX_BYTES", 10)
    with pytest.raises(NotReadable, match="at most 0 MB are read"):
        read_notebook(written(tmp_path, '{"cells": []}'))


def test_what_the_system_does_not_give_is_not_readable(tmp_path):
    with pytest.raises(NotReadable, match=r"gone.ipynb cannot be read: No such file or directory\."):
        read_notebook(tmp_path / "gone.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    with pytest.raises(NotReadable, match=r"folder.ipynb cannot be read: Is a directory\."):
        read_notebook(tmp_path / "folder.ipynb")


def test_a_good_notebook_gives_no_notes_and_loses_outputs(tmp_path, solved):
    solved.cells[1].outputs = [nbformat.v4.new_output("stream", text="x")]
    solved.cells[1].metadata["tags"] = ["skip-execution"]
    notebook, notes = read_notebook(hand_in(tmp_path, "ada", solved))
    assert notes == []
    assert [c.source for c in notebook.cells] == [c.source for c in solved.cells]
    assert all(c.outputs == [] for c in notebook.cells if c.cell_type == "code")
    assert all(set(c.metadata) <= {"nbgrader"} for c in notebook.cells)
    nbformat.validate(notebook)


def test_format_3_is_converted(tmp_path):
    old = {
        "nbformat": 3,
        "worksheets": [
            {"cells": [
                {"cell_type": "heading", "level": 2, "source": ["Title"]},
                {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "outputs": [], "language": "python"},
            ]}
        ],
    }  # fmt: skip
    notebook, notes = read_notebook(written(tmp_path, json.dumps(old)))
    assert [c.source for c in notebook.cells] == ["## Title", "a = 1\nb = 2"]
    assert notes == ["The notebook was saved in an old format (version 3); it was converted."]


@pytest.mark.parametrize("sheet", [5, None, [], {}, {"cells": 5}, {"cells": "ab"}, {"cells": {"a": 1}}])
def test_a_sheet_of_format_3_that_is_none_holds_no_cells(tmp_path, sheet):
    cells = [{"cell_type": "code", "input": "a = 1"}]
    notebook, _ = read_notebook(written(tmp_path, json.dumps({"worksheets": [sheet, {"cells": cells}]})))
    assert [cell.source for cell in notebook.cells] == ["a = 1"]


def test_damaged_cells_are_left_out_and_told(tmp_path):
    cells = [7, {"cell_type": "code", "source": 3}, {"cell_type": "code", "source": "a = 1\ud800", "junk": 1}]
    notebook, notes = read_notebook(written(tmp_path, json.dumps({"cells": cells, "metadata": None})))
    assert [c.source for c in notebook.cells] == ["a = 1?"]
    assert notes == ["2 damaged cells left out, because nothing could be read there."]


def test_wrong_ids_are_renewed(tmp_path):
    cells = [{"cell_type": "code", "source": str(n), "id": i} for n, i in enumerate(["a", "a", "b b", 5])]
    notebook, notes = read_notebook(written(tmp_path, json.dumps({"cells": cells})))
    assert [c.id for c in notebook.cells] == ["a", "cell-1", "cell-2", "cell-3"]
    assert notes == ["Some cell ids were missing, repeated or invalid; they were renewed."]


def test_a_foreign_kernel_is_told(tmp_path):
    data = {"cells": [], "metadata": {"kernelspec": {"name": "ir", "language": "R"}}}
    _, notes = read_notebook(written(tmp_path, json.dumps(data)))
    assert notes == ["The notebook was set to the kernel 'ir'; it was run with Python."]


def test_marks_nested_without_end_are_left_out(tmp_path):
    deep = "[" * 900 + "]" * 900
    marks = f'{{"nbgrader": {{"grade_id": "x", "points": {deep}}}}}'
    kernel = f'{{"kernelspec": {{"language": "R", "name": {deep}}}}}'
    cell = f'{{"cell_type": "code", "source": "a", "metadata": {marks}}}'
    notebook, notes = read_notebook(written(tmp_path, f'{{"cells": [{cell}], "metadata": {kernel}}}'))
    assert notebook.cells[0].metadata == {"nbgrader": {"grade_id": "x"}}
    assert notes == ["The notebook was set to the kernel without a name; it was run with Python."]
