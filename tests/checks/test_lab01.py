"""Lab 1's references and cases, against the package's own networks and formulas derived another way."""

import itertools
import random

import keras
import numpy as np
import pytest

from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.evidence import decode_array
from cvlabs.checks.probe import probe
from cvlabs.checks.tasks import TASKS
from cvlabs.checks.tasks_lab01 import DTYPES
from cvlabs.models.alexnet import alexnet
from cvlabs.models.zfnet import zfnet
from cvlabs.variables import abstract

LAB = "lab01_alexnet"
REFERENCE = {name: answer.reference for name, answer in ANSWERS[LAB].items()}


def cases(check, seed="any"):
    return TASKS[LAB][check].draw(seed)


@pytest.mark.parametrize(("check", "builder"), [("alexnet", alexnet), ("zfnet", zfnet)])
def test_the_reference_is_the_package_s_network(check, builder):
    task = TASKS[LAB][check]
    ours, theirs = (probe(task, function, cases(check))["trials"] for function in (REFERENCE[check], builder))
    for mine, right in zip(ours, theirs, strict=True):
        assert (mine["shapes"], mine["params"]) == (right["shapes"], right["params"])
        outputs = [[decode_array(y) for y in trial["outputs"]] for trial in (mine, right)]
        for y, expected in zip(*outputs, strict=True):
            np.testing.assert_allclose(y, expected, rtol=1e-4, atol=1e-5 * np.abs(expected).max())


def test_the_counted_rows_are_those_of_the_network():
    with abstract():
        model = alexnet()
    rows = REFERENCE["count_alexnet"]()
    assert sum(params for _, _, params, _ in rows) == model.count_params()
    named = {
        name: model.get_layer(name.replace("dense8", "head_logits").replace("dense", "head_fc"))
        for name, *_ in rows
    }
    for name, shape, params, _ in rows:
        assert (name, named[name].output.shape[1:]) == (name, shape)
        assert (name, named[name].count_params()) == (name, params)


@pytest.mark.parametrize("seed", range(20))
def test_output_sizes_are_those_of_counted_positions(seed):
    function = REFERENCE["conv_output_size"]
    for case in cases("conv_output_size", str(seed)):
        full = {"strides": 1, "padding": 0, "dilation": 1} | dict(case.arguments)
        extent = full["dilation"] * (full["kernel_size"] - 1) + 1
        starts = range(-full["padding"], full["size"] + full["padding"] - extent + 1, full["strides"])
        assert function(**case.arguments) == len(starts) > 0


@pytest.mark.parametrize("seed", range(20))
def test_receptive_fields_are_those_of_followed_dependencies(seed):
    for case in cases("receptive_field", str(seed)):
        low = high = 0
        for kernel_size, strides in reversed(case.arguments["layers"]):
            low, high = low * strides, high * strides + kernel_size - 1
        assert REFERENCE["receptive_field"](**case.arguments) == high - low + 1


@pytest.mark.parametrize("seed", range(20))
def test_receptive_fields_have_no_gaps(seed):
    for case in cases("receptive_field", str(seed)):
        pixels = {0}
        for kernel_size, strides in reversed(case.arguments["layers"]):
            pixels = {p * strides + i for p in pixels for i in range(kernel_size)}
        assert REFERENCE["receptive_field"](**case.arguments) == len(pixels)


@pytest.mark.parametrize("seed", range(10))
def test_costs_are_those_of_the_layer(seed):
    for case in cases("conv_params", str(seed)):
        full = {"groups": 1, "use_bias": True} | dict(case.arguments)
        channels = full.pop("in_channels")
        with abstract():
            layer = keras.layers.Conv2D(**full)
            layer.build((None, 20, 20, channels))
        assert REFERENCE["conv_params"](**case.arguments) == layer.count_params()
    for case in cases("activation_bytes", str(seed)):
        full = {"dtype": "float32"} | dict(case.arguments)
        shape = [1 if n is None else n for n in full["shape"]]
        tensor = keras.ops.zeros(shape, full["dtype"])
        assert REFERENCE["activation_bytes"](**case.arguments) == keras.ops.convert_to_numpy(tensor).nbytes


@pytest.mark.parametrize("check", REFERENCE)
def test_arguments_by_position_leave_out_the_last_ones_only(check):
    task = TASKS[LAB][check]
    for case in itertools.chain.from_iterable(cases(check, str(seed)) for seed in range(20)):
        names = [name for name in task.parameters if name != "x"][: len(case.arguments)]
        assert not case.positional or list(case.arguments) == names


ARITHMETIC = ("conv_output_size", "conv_params", "conv_macs", "activation_bytes", "receptive_field")


@pytest.mark.parametrize("check", ARITHMETIC)
def test_every_draw_tells_every_misconception_from_the_right_answer(check):
    for seed, wrong in itertools.product(range(60), ANSWERS[LAB][check].misconceptions):
        drawn = [case.arguments for case in cases(check, str(seed))]
        assert any(wrong(**given) != REFERENCE[check](**given) for given in drawn), (seed, wrong)


@pytest.mark.parametrize("seed", range(10))
def test_every_draw_has_what_tells_right_from_wrong(seed):
    seed = str(seed)
    for case in cases("grouped_conv", seed):
        (_, _, channels), filters = case.input_shape, case.arguments["filters"]
        groups = case.arguments["groups"]
        assert channels % groups == filters % groups == 0
        assert channels != filters
        assert min(channels, filters) > 2 * groups
    (_, case) = cases("zfnet", seed)
    assert any(size % 2 for size in case.input_shape[:2])
    assert any(None in case.arguments["shape"] for case in cases("activation_bytes", seed))
    assert set(DTYPES) == {case.arguments.get("dtype", "float32") for case in cases("activation_bytes", seed)}


def test_local_response_norm_follows_its_formula():
    rng = random.Random(3)
    x = np.array([[[[rng.gauss(0, 4) for _ in range(7)]]]], "float32")
    y = keras.ops.convert_to_numpy(REFERENCE["local_response_norm"](x, 2, 1.5, 0.1, 0.6))
    for c in range(7):
        total = sum(float(x[0, 0, 0, n]) ** 2 for n in range(7) if abs(n - c) <= 2)
        assert y[0, 0, 0, c] == pytest.approx(x[0, 0, 0, c] / (1.5 + 0.1 * total) ** 0.6, rel=1e-5)
