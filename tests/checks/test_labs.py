"""Several labs, with checks of the same name: which one is meant, and that each keeps to its own."""

import json

import pytest

from cvlabs.checks import CheckFailed, check, lab, notebook, summary
from cvlabs.checks.answers import ANSWERS, Answer
from cvlabs.checks.cases import pack
from cvlabs.checks.evidence import MIME
from cvlabs.checks.judge import judge
from cvlabs.checks.probe import probe, probe_value
from cvlabs.checks.task import Case, Task
from cvlabs.checks.tasks import TASKS, find_lab, find_task

OTHER = "lab91_other"


def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    """Lab 91's: with groups, unlike lab 3's."""
    return kernel_size**2 * in_channels // groups * filters + filters * use_bias


def only_here(n):
    return n


def three_parameters(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters + filters


@pytest.fixture(autouse=True)
def _two_labs(monkeypatch):
    parameters = ("kernel_size", "in_channels", "filters", "groups", "use_bias")
    first = {"kernel_size": 3, "in_channels": 4, "filters": 8, "groups": 2, "use_bias": False}
    tasks = [
        Task("conv_params", OTHER, 2, parameters, "with groups", lambda rng: (Case(first),), probe_value),
        Task("only_here", OTHER, 3, ("n",), "", lambda rng: (Case({"n": 1}),), probe_value),
    ]
    monkeypatch.setitem(TASKS, OTHER, {task.name: task for task in tasks})
    answers = {"conv_params": Answer(conv_params), "only_here": Answer(only_here)}
    monkeypatch.setitem(ANSWERS, OTHER, answers)
    monkeypatch.setattr(notebook, "_verdicts", {})
    monkeypatch.delenv(notebook.CASES, raising=False)


@pytest.fixture
def graded(monkeypatch):
    """Collects what the cells of a lab put out when it is graded."""

    def graded(lab):
        bundles = []
        cases = pack(TASKS[lab]["conv_params"].draw("5eed"))
        monkeypatch.setenv(notebook.CASES, json.dumps({"conv_params": cases}))
        monkeypatch.setattr(notebook, "_display", lambda bundle: bundles.append(bundle[MIME]))
        return bundles

    return graded


def test_a_name_in_one_lab_needs_no_lab(capfd):
    check("only_here", only_here)
    assert "✓ only_here: right" in capfd.readouterr().out


def test_a_name_in_several_labs_needs_one():
    with pytest.raises(
        ValueError, match=r"named .conv_params.: lab01_alexnet, lab03_googlenet, lab91_other\. .* = lab\("
    ):
        check("conv_params", conv_params)


@pytest.mark.parametrize("name", [OTHER, "lab91", "lab9"])
def test_the_lab_decides_which_check_it_is(name, capfd):
    check("conv_params", conv_params, lab=name)
    with pytest.raises(CheckFailed, match="must be callable as conv_params"):
        check("conv_params", three_parameters, lab=name)
    check("conv_params", three_parameters, lab="lab03")
    capfd.readouterr()


def test_a_lab_says_itself_once(capfd):
    check, summary = lab(OTHER)
    assert check("conv_params", conv_params) is None
    capfd.readouterr()
    summary()
    assert "2 of 5 points" in capfd.readouterr().out
    with pytest.raises(ValueError, match=r"no check named .stem. in lab91_other\. Did you mean"):
        check("stem", None)


def test_the_summary_of_a_lab_is_its_own(capfd):
    (check_three, summary_three), (check_other, _) = lab("lab03"), lab(OTHER)
    check_three("conv_params", three_parameters)
    check_other("only_here", only_here)
    capfd.readouterr()
    summary_three()
    three = capfd.readouterr().out
    summary()
    both = capfd.readouterr().out
    assert "1 of 26 points" in three
    assert "only_here" not in three
    assert "4 of 31 points" in both


def test_unknown_labs_and_checks_are_told_with_near_ones():
    with pytest.raises(ValueError, match=r"no lab named .lab03_gogglenet.\. Did you mean .lab03_googlenet."):
        lab("lab03_gogglenet")
    with pytest.raises(ValueError, match=r"fits several labs: .*lab03_googlenet, .*lab91_other"):
        find_lab("lab")
    with pytest.raises(ValueError, match=r"no lab named ..\. Did you mean"):
        find_lab("")
    with pytest.raises(ValueError, match=r"no check named .only_her.\. Did you mean .only_here."):
        find_task("only_her")


def test_under_grading_the_lab_decides_too(graded):
    for name, answer in ((OTHER, conv_params), ("lab03_googlenet", three_parameters)):
        evidence = graded(name)
        check, _ = lab(name)
        check("conv_params", answer)
        assert judge(TASKS[name]["conv_params"], "5eed", evidence[0]).passed


def test_evidence_of_another_lab_s_check_of_that_name_does_not_pass():
    task = TASKS["lab03_googlenet"]["conv_params"]
    record = probe(task, three_parameters, task.draw("s"))
    assert judge(task, "s", record).passed
    verdict = judge(TASKS[OTHER]["conv_params"], "s", record)
    assert verdict.outcome == "failed"
    assert "for the lab 'lab03_googlenet'; expected 'lab91_other'" in verdict.aspects[0].detail
