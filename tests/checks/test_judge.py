"""From evidence to verdict: the order of aspects, the hints, and the three outcomes."""

import json

import pytest
from keras import layers

from cvlabs.checks import judge as judging
from cvlabs.checks.answers import ANSWERS as ALL_ANSWERS
from cvlabs.checks.judge import judge
from cvlabs.checks.probe import probe
from cvlabs.checks.tasks import TASKS as LABS

LAB = "lab03_googlenet"
TASKS, ANSWERS = LABS[LAB], ALL_ANSWERS[LAB]
CHEAP = ["conv_params", "conv_macs", "inception_cost", "naive_inception_cost", "inception_module", "gap_head"]


def verdict(name, answer, seed="s", reveal=False):
    evidence = json.loads(json.dumps(probe(TASKS[name], answer, TASKS[name].draw(seed))))
    return judge(TASKS[name], seed, evidence, reveal=reveal)


def failed(result):
    return next(a for a in result.aspects if a.state == "failed")


def test_every_task_has_an_answer_and_every_answer_a_task():
    assert {lab: sorted(answers) for lab, answers in ALL_ANSWERS.items()} == {
        lab: sorted(tasks) for lab, tasks in LABS.items()
    }
    assert all(task.lab == lab for lab, tasks in LABS.items() for task in tasks.values())


@pytest.mark.parametrize("name", CHEAP)
def test_the_reference_passes_on_any_seed(name):
    for seed in ("a", "b"):
        result = verdict(name, ANSWERS[name].reference, seed)
        assert result.passed, result


@pytest.mark.parametrize("name", ["conv_params", "inception_cost", "inception_module", "gap_head"])
def test_each_misconception_fails_and_is_named_with_its_own_hint(name):
    for misconception in ANSWERS[name].misconceptions:
        result = verdict(name, misconception)
        assert result.outcome == "failed"
        assert result.misconception == misconception.__name__
        assert result.hint == " ".join(misconception.__doc__.split())


def test_the_same_seed_draws_the_same_cases_and_another_one_others():
    for task in [task for tasks in LABS.values() for task in tasks.values()]:
        assert task.draw("a") == task.draw("a")
        # A function of nothing has one case.
        assert (task.draw("a") != task.draw("b")) == bool(task.parameters)


def test_cases_of_two_checks_differ_under_one_seed():
    assert (
        TASKS["conv_params"].draw("a")[1].arguments["filters"]
        != TASKS["conv_macs"].draw("a")[1].arguments["filters"]
    )


def test_evidence_of_another_seed_does_not_pass():
    task = TASKS["conv_params"]
    evidence = probe(task, ANSWERS[task.name].reference, task.draw("at home"))
    assert judge(task, "in the exam", evidence).outcome == "failed"


def test_the_first_aspect_that_fails_ends_the_judging():
    result = verdict("gap_head", lambda x, classes, dropout_rate=0.4: layers.GlobalAveragePooling2D()(x))
    assert [a.state for a in result.aspects] == ["passed", "failed", "skipped", "skipped", "skipped"]


def test_a_function_that_is_not_written_yet_is_told_so():
    def conv_params(kernel_size, in_channels, filters):
        raise NotImplementedError

    result = verdict("conv_params", conv_params)
    assert failed(result).name == "call"
    assert result.hint == "This function is not written yet."


def test_a_difference_in_parameters_is_explained():
    def gap_head(x, classes, dropout_rate=0.4):
        x = layers.Dropout(dropout_rate)(layers.GlobalAveragePooling2D()(x))
        return layers.Dense(classes, use_bias=False)(x)

    assert "the biases of 1 layer" in failed(verdict("gap_head", gap_head)).detail


@pytest.mark.parametrize("reveal", [True, False])
def test_expected_values_show_for_public_cases_only(reveal):
    first = TASKS["conv_params"].draw("s")[0].arguments
    right = f"{ANSWERS['conv_params'].reference(**first):,}"
    result = verdict("conv_params", lambda kernel_size, in_channels, filters: 1, reveal=reveal)
    assert (right in failed(result).detail) is reveal


@pytest.mark.parametrize(
    "evidence",
    [
        None,
        "passed",
        {"version": 2},
        {"version": 2, "lab": LAB, "check": "conv_params", "trials": "all right"},
        [1],
        7,
    ],
)
def test_missing_or_forged_evidence_fails_without_an_error(evidence):
    result = judge(TASKS["conv_params"], "s", evidence)
    assert result.outcome == "failed"
    assert failed(result).name == "call"
    assert "evidence" in failed(result).detail


def test_forged_outcomes_are_no_points():
    forged = {"version": 2, "lab": LAB, "check": "conv_params", "signature": None, "trials": []}
    forged["trials"] = [{"outcome": "built", "shapes": [], "params": [], "params_twice": None, "weights": {}}]
    forged["trials"] = [forged["trials"][0] | {"outputs": [], "noise": []}] * len(
        TASKS["conv_params"].draw("s")
    )
    assert judge(TASKS["conv_params"], "s", forged).outcome == "failed"


def test_a_fault_of_ours_is_never_the_student_s(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("the reference is broken")

    monkeypatch.setattr(judging, "_reference", broken)
    result = verdict("conv_params", ANSWERS["conv_params"].reference)
    assert result.outcome == "unjudged"
    assert "the reference is broken" in result.hint


def test_a_reference_that_raises_is_a_fault_of_ours(monkeypatch):
    def broken(kernel_size, in_channels, filters):
        raise ValueError("oops")

    monkeypatch.setitem(ANSWERS, "conv_params", type(ANSWERS["conv_params"])(broken))
    assert verdict("conv_params", lambda kernel_size, in_channels, filters: 1).outcome == "unjudged"
