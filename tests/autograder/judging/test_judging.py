"""From evidence to outputs: what nbgrader and the reader get to see; and the judge's process."""

import logging
import sys
import tempfile
from pathlib import Path

import pytest
from nbformat import v4
from nbgrader.utils import determine_grade

from autograder import work
from autograder.judging import client as judge_client
from autograder.judging.client import JudgeClient
from autograder.judging.judge import mend_plain_cell, take_evidence, write_verdict
from cvlabs.checks.evidence import MIME as THEIRS
from tests.autograder.tiny_lab import cell_of

from autograder.labs.check_cells import MIME  # isort: skip

PASSED = {"outcome": "passed", "html": "<b>fine</b>", "text": "fine"}
FAILED = {
    "outcome": "failed",
    "html": "<b>bad</b>",
    "text": "bad",
    "hint": "think",
    "misconception": "wrong_idea",
}


def evidence(value):
    return v4.new_output("display_data", data={MIME: value, "text/plain": "evidence recorded"})


def test_the_kind_of_evidence_is_the_one_that_checks_emit():
    assert MIME == THEIRS


def test_evidence_is_taken_out_of_the_notebook():
    cell = v4.new_code_cell(outputs=[v4.new_output("stream", text="hello"), evidence({"a": 1})])
    assert take_evidence(cell) == [{"a": 1}]
    assert [o.output_type for o in cell.outputs] == ["stream"]


def test_every_piece_of_evidence_is_counted():
    assert len(take_evidence(v4.new_code_cell(outputs=[evidence(1), evidence(2)]))) == 2


def test_evidence_that_is_no_display_is_none():
    cell = v4.new_code_cell(outputs=[v4.new_output("execute_result", data={MIME: 1})])
    assert take_evidence(cell) == []
    assert cell.outputs == []


@pytest.mark.parametrize(("answer", "points"), [(PASSED, 1), (FAILED, 0)])
def test_nbgrader_reads_the_verdict(release, answer, points):
    cell = cell_of(release, "check_conv_params")
    cell.outputs = [v4.new_output("stream", name="stderr", text="W tensorflow")]
    write_verdict(cell, "conv_params", answer)
    assert determine_grade(cell) == (points, 1)
    assert cell.outputs[0].data["text/html"] == answer["html"]
    assert cell.metadata["cvlabs"]["outcome"] == answer["outcome"]


def test_no_verdict_is_shown_as_such(release):
    cell = cell_of(release, "check_conv_params")
    write_verdict(cell, "conv_params", {"outcome": "unjudged", "hint": "no <b>power</b>"})
    assert "could not be judged, which costs no points: no &lt;b&gt;" in cell.outputs[0].data["text/html"]


@pytest.mark.parametrize(
    ("output", "points"),
    [
        (v4.new_output("stream", name="stderr", text="a warning"), 2),
        (v4.new_output("execute_result", data={"text/plain": "1.5"}), 1.5),
        (v4.new_output("execute_result", data={"text/plain": "nan"}), 0),
        (v4.new_output("execute_result", data={"text/plain": "'full'"}), 0),
        (v4.new_output("execute_result", data={"text/plain": "100"}), 0),
        (v4.new_output("execute_result", data={"image/png": "x"}), 0),
        (v4.new_output("error", ename="AssertionError", evalue="", traceback=[]), 0),
    ],
)
def test_plain_asserts_keep_nbgraders_rules_without_its_traps(release, output, points):
    cell = cell_of(release, "test_plain")
    cell.outputs = [output]
    mend_plain_cell(cell)
    assert determine_grade(cell) == (points, 2)


def client(tmp_path, program, seconds=30):
    return JudgeClient(tmp_path / "log", seconds, (sys.executable, "-c", program))


def test_the_judge_answers_many_requests(tmp_path):
    judge = client(tmp_path, "for line in iter(input, None): print(line, flush=True)")
    try:
        assert judge.ask(name="a", evidence="x" * 1_000_000) == {"name": "a", "evidence": "x" * 1_000_000}
        assert judge.ask(name="b") == {"name": "b"}
    finally:
        judge.stop()


def test_a_judge_is_replaced_after_so_many_requests(tmp_path, monkeypatch):
    monkeypatch.setattr(judge_client, "REQUESTS", 3)
    judge = client(tmp_path, "import os\nwhile input(): print(os.getpid(), flush=True)")
    try:
        pids = [judge.ask() for _ in range(7)]
    finally:
        judge.stop()
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_a_judge_that_dies_is_started_again(tmp_path):
    program = f"""
import json, pathlib, sys
flag = pathlib.Path({str(tmp_path / "flag")!r})
input()
if not flag.exists():
    flag.touch()
    sys.exit(1)
print(json.dumps({{"outcome": "passed"}}), flush=True)
"""
    judge = client(tmp_path, program)
    try:
        assert judge.ask(name="a") == {"outcome": "passed"}
    finally:
        judge.stop()


def test_a_judge_that_always_dies_judges_nobody(tmp_path):
    answer = client(tmp_path, "raise SystemExit('broken')").ask(name="a")
    assert answer["outcome"] == "unjudged"
    assert answer["hint"] == "The judge's process ended twice without an answer; see log."


def test_a_worker_without_a_log_has_a_private_one(monkeypatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    log = work._log()
    assert log.parent.stat().st_mode & 0o777 == 0o700
    assert log.parent.parent == Path(tempfile.gettempdir())
    assert work._log() == log  # so there is one judge for it


def test_a_judge_that_hangs_is_stopped(tmp_path, monkeypatch):
    judge = client(tmp_path, "import time; time.sleep(600)", seconds=0.2)
    monkeypatch.setattr("autograder.judging.client.LOADING_SECONDS", 0)
    answer = judge.ask(name="a", evidence="x" * 1_000_000)
    assert answer == {"outcome": "unjudged", "hint": "The judge took longer than 0.2 seconds."}
    assert judge._process is None
