"""Lab 2's cases of plain data: no misconception passes on any seed, and totals leave out what was drawn."""

import copy

import pytest

from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.answers.lab02_audit import find_omitted_layer
from cvlabs.checks.judge import judge
from cvlabs.checks.probe import probe, probe_value
from cvlabs.checks.tables_lab02 import ALEXNET, VGG16, VGG19, vgg_table
from cvlabs.checks.tasks import TASKS
from cvlabs.checks.tasks_lab02 import LAB
from cvlabs.models.alexnet import alexnet_owt
from cvlabs.models.vgg import vgg16, vgg19
from cvlabs.quiet import quiet
from cvlabs.variables import abstract
from tests.checks.bank import namespace
from tests.models.counting import macs

PLAIN = [name for name, task in TASKS[LAB].items() if task.probe is probe_value]
SEEDS = [f"seed {i}" for i in range(8)]


@pytest.mark.parametrize("name", PLAIN)
def test_no_misconception_passes_on_any_seed(name):
    task, answer = TASKS[LAB][name], ANSWERS[LAB][name]
    for seed in SEEDS:
        assert judge(task, seed, probe(task, answer.reference, task.draw(seed))).passed
        for wrong in answer.misconceptions:
            verdict = judge(task, seed, probe(task, wrong, task.draw(seed)))
            assert verdict.outcome == "failed", (seed, wrong.__name__)
            assert verdict.misconception is not None, (seed, wrong.__name__)


def test_the_audit_finds_what_was_left_out():
    for seed in SEEDS:
        lecture, first, later, dense, wide, last, whole, two = (
            find_omitted_layer(**copy.deepcopy(case.arguments))
            for case in TASKS[LAB]["find_omitted_layer"].draw(seed)
        )
        assert lecture == ["conv3_2", "conv3_3"]
        assert "conv1_1" in first
        assert all(name.startswith(("conv1_", "conv2_", "conv3_")) for name in later)
        assert all(name.startswith("conv2_") for name in wide)
        assert "dense1" in dense
        assert "dense3" in last
        assert all((later, wide))
        assert whole == two == []


@pytest.mark.parametrize(
    ("table", "builder", "input_shape"),
    [
        (ALEXNET, alexnet_owt, (227, 227, 3)),
        (vgg_table(VGG16, 224, 64, (4096, 4096, 1000)), vgg16, (224, 224, 3)),
        (vgg_table(VGG19, 224, 64, (4096, 4096, 1000)), vgg19, (224, 224, 3)),
    ],
)
def test_the_tables_are_those_of_the_models(table, builder, input_shape):
    with abstract():
        model = builder(input_shape=input_shape)
    weighted = [layer for layer in model.layers if layer.weights]
    shapes = [layer.output.shape[1:] for layer in weighted]
    sizes = [layer.count_params() - layer.output.shape[-1] for layer in weighted]
    assert [(shape, params) for _, shape, params, _ in table] == list(zip(shapes, sizes, strict=True))
    assert sum(row[3] for row in table) == macs(model)


def test_the_lab_has_the_same_tables():
    with quiet():
        names = namespace(LAB, "find_omitted_layer")
    assert names["ALEXNET"] == ALEXNET
    assert names["cost_table"](VGG19) == vgg_table(VGG19, 224, 64, (4096, 4096, 1000))


def test_a_table_s_multiply_adds_are_its_weights_at_each_position():
    rows = [row for case in TASKS[LAB]["compare_costs"].draw("s") for row in case.arguments["a"]]
    assert len(rows) > len(ALEXNET)
    for _, shape, params, work in rows:
        assert work == params * (shape[0] * shape[1] if len(shape) == 3 else 1)
