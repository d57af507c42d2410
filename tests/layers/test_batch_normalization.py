"""The fused layer against Keras' own, in everything that can be seen of it."""

import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from cvlabs.layers import BatchNormalization

X = np.random.default_rng(0).normal(1, 2, (4, 5, 7, 6)).astype("float32")
TOLERANCE = {"float32": 1e-6, "bfloat16": 2**-7, "float16": 2**-10}  # one rounding of the output


def pair(x, **settings):
    """Returns Keras' layer and ours, with the same random weights and statistics."""
    theirs, ours = keras.layers.BatchNormalization(**settings), BatchNormalization(**settings)
    rng = np.random.default_rng(1)
    for layer in (theirs, ours):
        layer.build(x.shape)
    values = [rng.uniform(0.5, 2, v.shape) for v in theirs.weights]
    for layer in (theirs, ours):
        layer.set_weights(values)
    return theirs, ours


def step(layer, x, training, **options):
    """Returns outputs, gradients by inputs and trainable weights, and the statistics after one call."""
    x = tf.convert_to_tensor(x)
    weights = [v.value for v in layer.trainable_variables]
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x, training=training, **options)
        loss = tf.reduce_sum(tf.sin(tf.cast(y, "float32")))
    return {
        "outputs": [y],
        "gradients": tape.gradient(loss, [x, *weights]),
        "statistics": layer.non_trainable_variables,
    }


def assert_close(ours, theirs, tolerance):
    """Compares to a part of the largest value."""
    for kind in theirs:
        assert len(ours[kind]) == len(theirs[kind])
        for one, other in zip(ours[kind], theirs[kind], strict=True):
            assert one.dtype == other.dtype
            one, other = (np.asarray(keras.ops.cast(t, "float32")) for t in (one, other))
            off = np.abs(one - other).max()
            scale = np.abs(other).max()
            factor = 20 if kind == "gradients" else 2  # sums over the batch, which cancel
            assert off <= factor * tolerance * max(scale, 1), f"{kind}: off by {off:.2g} of {scale:.2g}"


@pytest.fixture
def fused(monkeypatch):
    """Counts the calls of the fused kernel."""
    calls = []
    kernel = tf.raw_ops.FusedBatchNormV3
    monkeypatch.setattr(tf.raw_ops, "FusedBatchNormV3", lambda **kw: calls.append(1) or kernel(**kw))
    return calls


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"momentum": 0.9, "epsilon": 1e-5},
        {"scale": False},
        {"center": False},
        {"scale": False, "center": False},
        {"axis": 3},
        {"trainable": False},
        {"dtype": "mixed_bfloat16"},
        {"dtype": "mixed_float16"},
        {"dtype": "mixed_bfloat16", "scale": False, "center": False},
    ],
)
def test_fuses_and_equals_keras(fused, settings, training):
    theirs, ours = pair(X, **settings)
    x = tf.cast(X, ours.compute_dtype)
    expected = step(theirs, x, training)
    assert not fused
    got = step(ours, x, training)
    assert fused
    assert_close(got, expected, TOLERANCE[ours.compute_dtype])


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize(
    ("x", "settings"),
    [
        (X[:, 0, 0], {}),
        (X[:, 0], {}),
        (X[None], {}),
        (X, {"axis": 1}),
        (X, {"renorm": True}),
        (X, {"synchronized": True}),
        (X.astype("float64"), {"dtype": "float64"}),
        (X, {"dtype": "bfloat16"}),
    ],
    ids=["rank 2", "rank 3", "rank 5", "channels first", "renorm", "synchronized", "float64", "bfloat16"],
)
def test_leaves_to_keras_what_the_kernel_cannot(fused, x, settings, training):
    theirs, ours = pair(x, **settings)
    x = tf.cast(x, ours.compute_dtype)
    assert_close(step(ours, x, training), step(theirs, x, training), 0)
    assert not fused


@pytest.mark.parametrize("training", [True, False])
def test_masks(fused, training):
    theirs, ours = pair(X)
    mask = np.random.default_rng(2).random(X.shape[:-1]) < 0.5
    assert_close(step(ours, X, training, mask=mask), step(theirs, X, training, mask=mask), 0)
    assert not fused


@pytest.mark.parametrize("shape", [(1, 1, 1, 6), (1, 5, 7, 6), (3, 1, 1, 6)])
def test_a_batch_of_one_and_a_map_of_one(fused, shape):
    theirs, ours = pair(X)
    x = X.ravel()[: np.prod(shape)].reshape(shape)
    assert_close(step(ours, x, True), step(theirs, x, True), 1e-6)
    assert fused


@pytest.mark.parametrize("shape", [(0, 5, 7, 6), (2, 0, 7, 6)])
@pytest.mark.parametrize("training", [True, False])
def test_nothing_at_all(shape, training):
    theirs, ours = pair(X)
    x = np.zeros(shape, "float32")
    one, other = step(ours, x, training), step(theirs, x, training)
    assert one["outputs"][0].shape == shape
    for here, there in zip(one["statistics"], other["statistics"], strict=True):
        np.testing.assert_allclose(here, there)  # NaN after training, as there is no mean of nothing


def test_statistics_far_from_zero():
    x = X * 0.1 + 100
    theirs, ours = pair(x, momentum=0.0)
    ours(x, training=True), theirs(x, training=True)
    exact = x.astype("float64").mean((0, 1, 2)), x.astype("float64").var((0, 1, 2))
    np.testing.assert_allclose(ours.moving_mean, exact[0], rtol=1e-6)
    np.testing.assert_allclose(ours.moving_variance, exact[1], rtol=1e-3)
    np.testing.assert_allclose(ours.moving_variance, theirs.moving_variance, rtol=1e-3)


@pytest.mark.parametrize("training", [True, False])
def test_in_a_function_with_a_batch_of_unknown_size(fused, training):
    theirs, ours = pair(X)
    results = []
    for layer in (ours, theirs):
        signature = [tf.TensorSpec((None, None, None, 6))]
        traced = tf.function(lambda x, layer=layer: step(layer, x, training), input_signature=signature)
        traced(X[:2])
        got = traced(X)
        results.append({k: got[k] for k in ("outputs", "gradients")} | {"statistics": layer.weights})
    assert fused
    assert_close(*results, 1e-6)


def test_xla_compiles_keras_own_path(fused):
    theirs, ours = pair(X)
    expected = step(theirs, X, True)
    inner = tf.function(lambda x: step(ours, x, True)["outputs"][0])
    compiled = tf.function(lambda x: inner(x), jit_compile=True)
    y = compiled(X)
    assert not fused
    got = {"outputs": [y], "statistics": ours.non_trainable_variables}
    assert_close(got, {k: expected[k] for k in got}, 1e-6)


def test_a_second_derivative():
    results = []
    for layer in pair(X):
        x = tf.convert_to_tensor(X)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                loss = tf.reduce_sum(tf.sin(layer(x, training=True)))
            first = tf.reduce_sum(tf.square(inner.gradient(loss, x)))
        results.append(outer.gradient(first, x))
    np.testing.assert_allclose(results[1], results[0], rtol=1e-3, atol=1e-4)


def small(norm, **settings):
    x = keras.Input((8, 8, 3), name="image")
    y = keras.layers.Conv2D(6, 3, name="conv")(x)
    y = norm(name="bn", **settings)(y)
    y = keras.layers.GlobalAveragePooling2D(name="pool")(keras.layers.ReLU(name="relu")(y))
    return keras.Model(x, keras.layers.Dense(2, name="logits")(y))


@pytest.mark.parametrize("settings", [{}, {"trainable": False}])
def test_a_few_steps_of_fit_equal_those_with_keras(settings):
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(32, 8, 8, 3)).astype("float32"), rng.integers(0, 2, 32)
    models = [small(norm, **settings) for norm in (BatchNormalization, keras.layers.BatchNormalization)]
    models[1].set_weights(models[0].get_weights())
    losses = []
    for model in models:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile(keras.optimizers.SGD(0.1), loss, jit_compile=False)
        losses.append(model.fit(x, y, batch_size=10, epochs=2, shuffle=False, verbose=0).history["loss"])
    np.testing.assert_allclose(*losses, rtol=1e-5)
    for one, other in zip(*(model.get_weights() for model in models), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_symbolic_calls_configuration_and_weights_are_those_of_keras():
    theirs, ours = pair(X, momentum=0.9, epsilon=1e-5, gamma_initializer="zeros", name="bn")
    assert ours.get_config() == theirs.get_config()
    assert [v.path for v in ours.weights] == [v.path for v in theirs.weights]
    assert ours(keras.Input((None, None, 6))).shape == (None, None, None, 6)


def test_survives_saving_and_reads_weights_of_keras_layer(tmp_path):
    model, stock = small(BatchNormalization), small(keras.layers.BatchNormalization)
    x = np.random.default_rng(4).normal(size=(2, 8, 8, 3)).astype("float32")
    for one in (model, stock):
        one.get_layer("bn").set_weights([np.full(6, 1 + i, "float32") for i in range(4)])
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    assert type(loaded.get_layer("bn")) is BatchNormalization
    np.testing.assert_array_equal(model(x), loaded(x))
    stock.save_weights(tmp_path / "stock.weights.h5")
    model.load_weights(tmp_path / "stock.weights.h5")
    np.testing.assert_allclose(model(x), stock(x), rtol=1e-5, atol=1e-5)


ELSEWHERE = """
import json, sys, keras, numpy as np
from cvlabs.layers import BatchNormalization
x = np.random.default_rng(0).normal(1, 2, (4, 5, 7, 6)).astype("float32")
layer = BatchNormalization(momentum=0.9)
y = keras.ops.convert_to_numpy(layer(x, training=True))
z = keras.ops.convert_to_numpy(layer(x))
print(json.dumps([keras.backend.backend(), "tensorflow" in sys.modules, y.tolist(), z.tolist()]))
"""


@pytest.mark.parametrize(
    "settings", [{"KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"}, {"TF_ENABLE_ONEDNN_OPTS": "0"}]
)
def test_the_same_on_jax_and_without_onednn(settings):
    environment = os.environ | {"KERAS_BACKEND": "tensorflow"} | settings
    run = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], env=environment, capture_output=True, text=True, check=True
    )
    backend, has_tensorflow, *results = json.loads(run.stdout.splitlines()[-1])
    assert backend == environment["KERAS_BACKEND"]
    layer = BatchNormalization(momentum=0.9)
    for training, result in zip((True, False), results, strict=True):
        np.testing.assert_allclose(result, layer(X, training=training), rtol=1e-4, atol=1e-5)
    assert has_tensorflow == (backend == "tensorflow")
