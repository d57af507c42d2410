"""`check` and `summary` as a cell calls them, in a terminal, in a notebook, and under grading."""

import json

import pytest

from cvlabs.checks import CheckFailed, lab, notebook
from cvlabs.checks.cases import pack
from cvlabs.checks.evidence import MIME
from cvlabs.checks.judge import judge
from cvlabs.checks.tasks import TASKS

check, summary = lab("lab03_googlenet")


def conv_params(kernel_size, in_channels, filters):
    return (kernel_size**2 * in_channels + 1) * filters


def without_biases(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters


@pytest.fixture(autouse=True)
def _fresh_kernel(monkeypatch):
    monkeypatch.setattr(notebook, "_verdicts", {})
    monkeypatch.delenv(notebook.CASES, raising=False)
    monkeypatch.delenv(notebook.CASES, raising=False)


@pytest.fixture
def displayed(monkeypatch):
    bundles = []
    monkeypatch.setattr(notebook, "_in_kernel", lambda: True)
    monkeypatch.setattr(notebook, "_display", bundles.append)
    return bundles


def test_a_right_answer_prints_its_report_and_returns_none(capfd):
    assert check("conv_params", conv_params) is None
    out, err = capfd.readouterr()
    assert "✓ conv_params: right" in out
    assert err == ""


def test_a_wrong_answer_raises_and_says_which_idea_is_wrong(capfd):
    with pytest.raises(CheckFailed, match="not right yet") as caught:
        check("conv_params", without_biases)
    assert caught.value.verdict.misconception == "params_without_biases"
    out, err = capfd.readouterr()
    assert "Hint: You counted the weights of the kernels only" in out
    assert "returned 9,408, expected 9,472" in out
    assert err == ""


def test_in_a_notebook_the_error_is_one_line_and_the_report_is_html(displayed):
    with pytest.raises(CheckFailed) as caught:
        check("conv_params", without_biases)
    assert len(caught.value._render_traceback_()) == 1
    (bundle,) = displayed
    assert "✗" in bundle["text/html"]
    assert "&lt;" not in bundle["text/plain"]


def test_what_a_student_writes_is_escaped_in_html(displayed):
    def conv_params(kernel_size, in_channels, filters):
        raise ValueError("<script>alert(1)</script>")

    with pytest.raises(CheckFailed):
        check("conv_params", conv_params)
    assert "<script>" not in displayed[0]["text/html"]


def test_the_lines_of_a_message_stay_lines(displayed):
    def conv_params(kernel_size, in_channels, filters):
        raise ValueError("one\n\n\x1b[1mtwo\x1b[0m")

    with pytest.raises(CheckFailed):
        check("conv_params", conv_params)
    html = displayed[0]["text/html"]
    assert 'white-space:pre-wrap">conv_params(kernel_size=7' in html
    assert "one\n\ntwo" in html


def test_code_in_a_hint_is_set_as_code(displayed):
    def conv_params(kernel_size, in_channels, filters):
        raise NotImplementedError

    with pytest.raises(CheckFailed, match="`raise NotImplementedError"):
        check("conv_params", conv_params)
    html = displayed[0]["text/html"]
    assert "<code>raise NotImplementedError()</code>" in html
    assert "`" not in html


def test_an_unknown_check_lists_the_near_ones():
    with pytest.raises(
        ValueError, match=r"no check named .conv_param. in lab03_googlenet\. Did you mean .conv_params."
    ):
        check("conv_param", conv_params)


def test_a_fault_of_ours_is_shown_and_raises_nothing(monkeypatch, capfd):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("cvlabs.checks.judge.judge", broken)
    check("conv_params", conv_params)
    assert "could not be judged" in capfd.readouterr().out


def test_the_summary_adds_up_the_points_so_far(capfd):
    check("conv_params", conv_params)
    with pytest.raises(CheckFailed):
        check("conv_macs", lambda output_size, kernel_size, in_channels, filters: 0)
    capfd.readouterr()
    summary()
    out = capfd.readouterr().out
    assert "✓ conv_params" in out
    assert "✗ conv_macs" in out
    assert "1 of 26 points" in out
    assert "9 checks have not run" in out


def test_the_summary_of_nothing(capfd):
    summary()
    assert "No check has run" in capfd.readouterr().out


@pytest.fixture
def graded(monkeypatch):
    drawn = TASKS["lab03_googlenet"]["conv_params"].draw("5eed")
    monkeypatch.setenv(notebook.CASES, json.dumps({"conv_params": pack(drawn)}))


def test_under_grading_the_cell_only_probes(graded, displayed):
    assert check("conv_params", without_biases) is None
    (bundle,) = displayed
    evidence = json.loads(json.dumps(bundle[MIME]))
    assert (
        judge(TASKS["lab03_googlenet"]["conv_params"], "5eed", evidence).misconception
        == "params_without_biases"
    )
    check("conv_macs", without_biases)  # not asked for: no evidence
    summary()
    assert len(displayed) == 1


@pytest.mark.parametrize("answer", [None, 3, AssertionError, without_biases, lambda: exit(0)])
def test_under_grading_nothing_is_raised(graded, displayed, answer):
    check("conv_params", answer)
    assert judge(TASKS["lab03_googlenet"]["conv_params"], "5eed", displayed[0][MIME]).outcome == "failed"
