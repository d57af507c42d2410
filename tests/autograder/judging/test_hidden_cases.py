"""Graded cases do not go home on the feedback page, whichever way they were printed."""

import json
import pprint

import pytest
from nbformat import v4

from autograder.judging import hidden_cases
from autograder.judging.hidden_cases import LEFT_OUT, hide_cases
from autograder.labs.check_cells import MIME
from cvlabs.checks.cases import pack, unpack
from cvlabs.checks.task import Case, Grouped

CASES = {
    "conv_params": pack([Case({"kernel_size": 3, "padding": "same"}), Case({"kernel_size": 31}, fresh=True)]),
    "block": pack([
        Case({"shape": (4, 5), "gamma": [0.5, -1.25]}, (8, 8, 3), seed=7, grouped=(Grouped(9, 4, 2),)),
        Case({"kernel_size": 3, "padding": "valid"}, tolerance=1e-05),
    ]),
}  # fmt: skip
EVERY = [case for cases in CASES.values() for case in cases]


def hidden(*outputs):
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("text"), v4.new_code_cell(outputs=list(outputs))])
    hide_cases(notebook, CASES)
    return notebook.cells[1].outputs


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(CASES),
        repr({"CVLABS_CHECK_CASES": json.dumps(CASES), "HOME": "/home"}),
        json.dumps({"CVLABS_CHECK_CASES": json.dumps(CASES)}),
        json.dumps(CASES, indent=4),
        repr(CASES),
        pprint.pformat(CASES, sort_dicts=False),
        repr([unpack(cases) for cases in CASES.values()]),
    ],
    ids=["variable", "environment", "environment as JSON", "indented", "values", "pretty", "objects"],
)
def test_cases_are_left_out_of_what_was_printed(written):
    (output,) = hidden(v4.new_output("stream", text=f"before {written} after"))
    assert output.text.startswith("before ")
    assert output.text.endswith(" after")
    assert output.text.count(LEFT_OUT) == len(EVERY)
    assert "kernel_size" not in output.text
    assert "gamma" not in output.text


def test_they_are_left_out_of_results_displays_and_errors():
    text = json.dumps(CASES["block"])
    result = v4.new_output("execute_result", data={"text/plain": text, "text/html": f"<b>{text}</b>"})
    error = v4.new_output("error", ename="ValueError", evalue=text, traceback=["line", text])
    for output in hidden(result, error):
        assert "gamma" not in json.dumps(output)
        assert LEFT_OUT in json.dumps(output)


def test_other_outputs_and_evidence_stay():
    other = "arguments kernel_size 3, and {'arguments': {'kernel_size': 5}}"
    record = {"a": CASES["block"], "trials": [{"value": other}, {"output": {"data": "QUFB" * 9999}}]}
    evidence = v4.new_output("display_data", data={MIME: record, "text/plain": other})
    shown, stream = hidden(evidence, v4.new_output("stream", text=other))
    assert shown.data == {MIME: record, "text/plain": other}
    assert stream.text == other


@pytest.mark.parametrize("key", ["message", "got", "value"])
def test_they_are_left_out_of_what_the_judge_quotes(key):
    record = {"trials": [{"outcome": "raised"}, {key: f"it was {EVERY[0]}, it was {json.dumps(EVERY[-1])}"}]}
    (output,) = hidden(v4.new_output("display_data", data={MIME: record}))
    told = output.data[MIME]["trials"][1][key]
    assert told.count(LEFT_OUT) == told.count("it was ") == 2
    assert "kernel_size" not in told


def test_a_flood_of_evidence_is_not_searched(monkeypatch):
    monkeypatch.setattr(hidden_cases, "_EVIDENCE_LETTERS", 3 * len(str(EVERY[0])))
    records = [{"message": str(EVERY[0])} for _ in range(9)]
    outputs = hidden(*(v4.new_output("display_data", data={MIME: record}) for record in records))
    assert sum(LEFT_OUT in output.data[MIME]["message"] for output in outputs) == 3


def test_where_there_are_no_cases_nothing_changes():
    notebook = v4.new_notebook(cells=[v4.new_code_cell(outputs=[v4.new_output("stream", text="arguments")])])
    hide_cases(notebook, {"conv_params": []})
    assert notebook.cells[0].outputs[0].text == "arguments"


def test_no_pattern_is_compiled_for_outputs_that_hold_no_case(monkeypatch):
    def refuse(first, written):
        raise AssertionError(first)

    monkeypatch.setattr(hidden_cases, "_any_of", refuse)
    (output,) = hidden(v4.new_output("stream", text="31, same"))
    assert output.text == "31, same"
