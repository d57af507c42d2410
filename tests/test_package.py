"""The surface of the package: what it exports, and that importing it costs nothing."""

import doctest
import os
import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest

import cvlabs


def test_exports():
    assert cvlabs.__all__ == [
        "ModelInfo",
        "compare",
        "cost",
        "create_model",
        "data",
        "decode_predictions",
        "feature_info",
        "fold_batch_norm",
        "list_models",
        "load_weights",
        "model_info",
        "plot",
        "preprocessing",
        "save_weights",
        "train",
    ]
    assert {*cvlabs._HOME, *cvlabs._ROOMS} == set(cvlabs.__all__)
    assert all(callable(getattr(cvlabs, name)) for name in (*cvlabs._HOME, "cost"))
    assert all(getattr(cvlabs, name) is import_module(f"cvlabs.{name}") for name in cvlabs._ROOMS)
    assert set(cvlabs.__all__) <= set(dir(cvlabs))
    with pytest.raises(AttributeError, match="no attribute 'create_modell'"):
        cvlabs.create_modell  # noqa: B018


def test_cost_is_a_package_that_can_be_called():
    assert cvlabs.cost is import_module("cvlabs.cost")
    assert cvlabs.cost("squeezenet1_1").total.params == 1_235_496
    assert cvlabs.cost.cost_of.__name__ == "cost_of"


def test_importing_loads_neither_keras_nor_tensorflow():
    program = "import cvlabs, cvlabs.checks, cvlabs.cli, cvlabs.data, cvlabs.train, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "cvlabs" in loaded
    assert not {"keras", "tensorflow", "jax", "matplotlib", "IPython"} & set(loaded)


LOAD = """
import sys, numpy as np
model, values = keras.saving.load_model(sys.argv[1], safe_mode=True), np.load(sys.argv[2])
np.testing.assert_array_equal(model(np.ones((1, 32, 32, 3), "float32")), values)
assert not any(type(finder).__name__ == "_LayersAfterKeras" for finder in sys.meta_path)
"""


@pytest.mark.parametrize("order", ["cvlabs, keras", "keras, cvlabs"])
def test_keras_alone_loads_files_of_networks(order, tmp_path):
    model = cvlabs.create_model("resnet20_cifar", filters=4, depth=8)  # with two layers of our own
    model.save(tmp_path / "network.keras")
    np.save(tmp_path / "values.npy", model(np.ones((1, 32, 32, 3), "float32")))
    command = [sys.executable, "-c", f"import {order}\n{LOAD}", "network.keras", "values.npy"]
    environment = os.environ | {"KERAS_BACKEND": "tensorflow"}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]


def test_waiting_for_keras_leaves_its_import_as_it_is():
    program = (
        "import importlib.util, cvlabs, sys; waiting = sys.meta_path[0]\n"
        "specs = [importlib.util.find_spec('keras') for _ in range(2)]\n"
        "assert specs[0].origin == specs[1].origin and 'keras' not in sys.modules\n"
        "assert waiting.find_spec('json') is None\n"
        "sys.meta_path[1:] = []\n"
        "assert importlib.util.find_spec('keras') is None\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]


@pytest.mark.parametrize(
    "module",
    [
        "cvlabs",
        "cvlabs.cost",
        "cvlabs.cost.calculate",
        "cvlabs.cost.comparison",
        "cvlabs.cost.formulas.work",
        "cvlabs.variables",
        "cvlabs.facts",
        "cvlabs.factory",
        "cvlabs.fold",
        "cvlabs.predictions",
        "cvlabs.image_preprocessing",
        "cvlabs.train.class_activation",
        "cvlabs.train.confusion",
        "cvlabs.train.errors",
        "cvlabs.train.evaluation",
        "cvlabs.train.inside",
        "cvlabs.train.prediction",
        "cvlabs.train.views",
        "cvlabs.train",
        "cvlabs.train.fitting",
        "cvlabs.train.normalization",
        "cvlabs.train.progress",
    ],
)
def test_examples_in_docstrings_run(module):
    result = doctest.testmod(import_module(module), raise_on_error=False)
    assert result.attempted > 0
    assert result.failed == 0
