"""What every builder promises, tried on its tiny variants."""

import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from cvlabs.checks.weights import fill
from cvlabs.factory import create_model, feature_info
from cvlabs.models import MODELS
from tests.models.tiny import TINY

CLASSES = 5
SIZES = ((64, 96), (75, 75))
LARGER = {
    "alexnet": ((96, 67), (75, 75)),
    "googlenet_bn": ((96, 128), (107, 107)),
    "inception_v3": ((96, 128), (75, 75)),
    "inception_v4": ((96, 128), (107, 107)),
    "inception_resnet_v2": ((96, 128), (107, 107)),
}  # sizes of those that cannot take so little


def sizes(name):
    return LARGER.get(name, SIZES)


def build(name, size=None):
    return TINY[name](input_shape=(*(size or sizes(name)[0]), 3), classes=CLASSES)


def images(size, batch=2):
    return np.random.default_rng(0).standard_normal((batch, *size, 3), dtype="float32")


def outputs(model, x, **options):
    y = model(x, **options)
    return [keras.ops.convert_to_numpy(one) for one in (y if isinstance(y, list) else [y])]


SLOW = {"googlenet_tv", "nasnet_large"}  # large even so, and a relative is quick
every = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in TINY]
)


@every
def test_layers_have_names_of_their_own(name):
    one, two = build(name), build(name)
    names = [layer.name for layer in one.layers]
    assert names == [layer.name for layer in two.layers]  # what Keras chooses counts on: relu, relu_1
    assert not any("/" in layer for layer in names)
    assert names[0] == "image"
    assert one.outputs[0]._keras_history.operation.name == "head_logits"
    assert not any(isinstance(layer, keras.Model) for layer in one.layers)


@every
def test_runs_at_two_sizes_and_gives_logits(name):
    for size in sizes(name):
        model = build(name, size)
        for y in outputs(model, images(size)):
            assert y.shape == (2, CLASSES)
            assert np.isfinite(y).all()


@every
def test_every_weight_learns(name):
    model = build(name)
    fill(model, 1)  # the same on every run: with some initial weights a last ReLU passes nothing
    x = images(sizes(name)[0], 4)
    with tf.GradientTape() as tape:
        y = model(x, training=True)
        loss = sum(tf.reduce_mean(one**2) for one in (y if isinstance(y, list) else [y]))
    gradients = tape.gradient(loss, [v.value for v in model.trainable_variables])
    assert [v.path for v, g in zip(model.trainable_variables, gradients, strict=True) if g is None] == []
    before = [v.numpy() for v in model.trainable_variables]
    keras.optimizers.SGD(0.1).apply(gradients, model.trainable_variables)
    moved = [
        not np.array_equal(v.numpy(), old) for v, old in zip(model.trainable_variables, before, strict=True)
    ]
    # A ReLU that no sample of so small a batch passes holds its weights still; so does a normalization the
    # bias before it.
    assert np.mean(moved) > 0.75


@every
@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
def test_runs_in_mixed_precision(name, policy):
    keras.config.set_dtype_policy(policy)
    try:
        model = build(name)
    finally:
        keras.config.set_dtype_policy("float32")
    fill(model, 1)
    assert {v.dtype for v in model.trainable_variables} == {"float32"}
    for y in outputs(model, images(sizes(name)[0])):
        assert y.dtype == policy.removeprefix("mixed_")
        assert np.isfinite(y.astype("float32")).all()


@every
def test_saves_and_loads_safely_with_equal_outputs(name, tmp_path):
    model = build(name)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    x = images(sizes(name)[0])
    for one, other in zip(outputs(model, x), outputs(loaded, x), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


@pytest.fixture
def as_network(monkeypatch):
    """Puts a tiny variant among the networks that the factory knows."""

    def put(name):
        monkeypatch.setitem(MODELS, "tiny", TINY[name])
        return {"name": "tiny", "input_shape": (*sizes(name)[0], 3)}

    return put


@every
def test_the_factory_puts_its_ends_on(as_network, name):
    arguments = as_network(name)
    model = create_model(**arguments, classes=CLASSES)
    for y in outputs(model, images(sizes(name)[0])):
        np.testing.assert_allclose(y.sum(-1), 1, rtol=1e-5)
    if "auxiliary_heads" in getattr(TINY[name], "keywords", {}):
        return  # bound in the tiny variant, so it cannot be left out
    features = create_model(**arguments, include_top=False)
    assert len(features.output.shape) == 4
    for pooling in ("avg", "max"):
        pooled = create_model(**arguments, include_top=False, pooling=pooling)
        assert pooled.output.shape == (None, features.output.shape[-1])


@every
def test_features_of_every_stride(as_network, name):
    model = create_model(**as_network(name), features_only=True)
    rows = feature_info(model)
    strides = [row["stride"] for row in rows]
    assert strides == sorted(set(strides))
    assert len(strides) >= 2
    found = outputs(model, images(sizes(name)[0]))
    for row, y in zip(rows, found, strict=True):
        assert y.shape[-1] == row["channels"]
        assert "_se_" not in row["layer"]


RUN = """
import json, sys, keras, numpy as np
from cvlabs.checks.weights import fill
from tests.models.test_contract import CLASSES, build, images, outputs, sizes
from tests.models.tiny import TINY
result = {}
for name in TINY:
    model = build(name)
    fill(model, 1)
    result[name] = [y.tolist() for y in outputs(model, images(sizes(name)[0]), training=False)]
print(json.dumps([keras.backend.backend(), result]))
"""


@pytest.mark.slow
def test_tensorflow_and_jax_agree():
    results = {}
    for backend in ("tensorflow", "jax"):
        environment = os.environ | {"KERAS_BACKEND": backend, "JAX_PLATFORMS": "cpu"}
        run = subprocess.run(
            [sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr[-3000:]
        used, results[backend] = json.loads(run.stdout.splitlines()[-1])
        assert used == backend
    for name, one in results["tensorflow"].items():
        for here, there in zip(one, results["jax"][name], strict=True):
            here, there = np.array(here), np.array(there)
            assert np.abs(here - there).max() <= 1e-4 * np.abs(here).max(), name
