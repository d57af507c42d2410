"""Functions of arrays: what reaches them, and what may come back."""

import json

import keras
import numpy as np
import pytest
from keras import layers, ops

from cvlabs.checks import evidence
from cvlabs.checks.compare_arrays import has_shape, has_value
from cvlabs.checks.probe import probe
from cvlabs.checks.probe_arrays import probe_arrays
from cvlabs.checks.task import Case, Task

CASE = Case({"gamma": (1.0, 2.0), "epsilon": 0.5}, (4, 3, 2), seed=7, batch=5, mean=1.0, scale=2.0)
TASK = Task("f", "lab", 1, ("x", "gamma", "epsilon"), "", lambda rng: (CASE,), probe_arrays)


def trial(function, case=CASE):
    record = json.loads(json.dumps(probe(TASK, function, (case,))))
    return evidence.read(record, "lab", "f", 1)[1][0]


@pytest.mark.parametrize("positional", [False, True])
def test_sequences_arrive_as_tensors_and_numbers_as_numbers(positional):
    seen = {}

    def function(x, gamma, epsilon):
        seen.update(x=x, gamma=gamma, epsilon=epsilon)
        return x * gamma

    got = trial(function, Case(CASE.arguments, (4, 3, 2), 7, 5, 2.0, 1.0, positional=positional))
    assert ops.is_tensor(seen["x"])
    assert ops.is_tensor(seen["gamma"])
    assert seen["epsilon"] == 0.5
    x = ops.convert_to_numpy(seen["x"])
    assert x.shape == (5, 4, 3, 2)
    assert abs(x.mean() - 1) < 1
    np.testing.assert_allclose(got["output"], x * [1, 2], rtol=1e-6)


@pytest.mark.parametrize(
    "convert",
    [
        lambda y: y,
        ops.convert_to_numpy,
        lambda y: ops.convert_to_numpy(y).astype("float64"),
        lambda y: ops.convert_to_numpy(y).tolist(),
        keras.Variable,
        lambda y: list(ops.convert_to_numpy(y)),
    ],
)
def test_numbers_in_any_dress(convert):
    right = trial(lambda x, gamma, epsilon: x * gamma)
    got = trial(lambda x, gamma, epsilon: convert(x * gamma))
    np.testing.assert_allclose(got["output"], right["output"], rtol=1e-6)


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "None"),
        ("text", "str 'text'"),
        (layers.ReLU(), "the layer ReLU itself"),
        ([[1.0], [1.0, 2.0]], "a list of 2"),
        (True, "bool"),
        (np.array(["a"]), "object of type ndarray"),
        ({"a": 1}, "a dictionary of 1"),
        (np.zeros(evidence.MAX_ELEMENTS + 1, "float32"), "object of type ndarray"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_array_is_said(result, words):
    got = trial(lambda x, gamma, epsilon: result)
    assert got["outcome"] == "form"
    assert words in has_shape(TASK, CASE, got, {}, False)


def test_errors_are_evidence():
    assert trial(lambda x, gamma, epsilon: 1 / 0)["type"] == "ZeroDivisionError"


def test_shapes_and_values_are_compared():
    right = trial(lambda x, gamma, epsilon: x * gamma)
    near = trial(lambda x, gamma, epsilon: x * gamma * (1 + 1e-5))
    other = trial(lambda x, gamma, epsilon: x * gamma * 1.01)
    assert has_shape(TASK, CASE, right, right, False) is None
    assert has_value(TASK, CASE, near, right, False) is None
    assert "is off by 0.01 of its largest value" in has_value(TASK, CASE, other, right, False)
    flat = trial(lambda x, gamma, epsilon: ops.mean(x, 0))
    assert "returned the shape 4×3×2, expected 5×4×3×2" in has_shape(TASK, CASE, flat, right, False)


def test_a_case_may_allow_more():
    right, other = (trial(lambda x, gamma, epsilon, by=by: x * by) for by in (1.0, 1.01))
    wide = Case(CASE.arguments, tolerance=0.05)
    assert has_value(TASK, wide, other, right, False) is None


def test_values_that_are_not_finite_never_agree():
    right = trial(lambda x, gamma, epsilon: x)
    broken = trial(lambda x, gamma, epsilon: x / 0)
    assert "not finite" in has_value(TASK, CASE, broken, right, False)
