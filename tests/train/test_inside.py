"""Gradients and activations by layer, against formulas, finite differences and the other way to get them."""

import subprocess
import sys

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.models.resnet_cifar import resnet_cifar
from cvlabs.train import activation_statistics, gradient_norms

RNG = np.random.default_rng(0)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@pytest.fixture(scope="module")
def resnet():
    return resnet_cifar((16, 16, 3), depth=8, filters=4, name="tiny")


@pytest.fixture(scope="module")
def batch():
    return RNG.standard_normal((6, 16, 16, 3)).astype("float32"), RNG.integers(0, 10, 6)


@pytest.mark.parametrize("activation", [None, "softmax"])
def test_a_linear_classifier_has_the_gradient_of_the_books(activation):
    model = keras.Sequential([keras.Input((5,)), layers.Dense(3, activation=activation, name="logits")])
    x, y = RNG.standard_normal((7, 5)).astype("float32"), RNG.integers(0, 3, 7)
    kernel, bias = model.get_weights()
    off = softmax(x @ kernel + bias) - np.eye(3)[y]
    expected = np.sqrt(np.sum((x.T @ off / 7) ** 2) + np.sum(off.mean(axis=0) ** 2))
    (row,) = gradient_norms(model, x, y)
    assert row.norm == pytest.approx(expected, rel=1e-5)
    assert (row.layer, row.depth, row.params, row.has_kernel) == ("logits", 1, 18, True)
    assert row.weight_norm == pytest.approx(np.sqrt(np.sum(kernel**2) + np.sum(bias**2)), rel=1e-6)
    (one_hot,) = gradient_norms(model, x, np.eye(3)[y])
    assert one_hot.norm == pytest.approx(expected, rel=1e-5)


def test_a_norm_is_how_fast_the_loss_falls_along_its_gradient(batch):
    """Every derivative by a difference quotient, and the root of the sum of their squares."""
    inputs = keras.Input((6, 6, 3))
    z = layers.Conv2D(2, 3, activation="tanh", use_bias=False, name="conv")(inputs)
    model = keras.Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(z)))
    x, y = batch[0][:, :6, :6], batch[1]
    kernel = model.get_weights()[0]

    def loss_of(changed):
        model.layers[1].kernel.assign(changed)
        logits = model.predict_on_batch(x).astype("float64")
        return -np.mean(np.log(softmax(logits)[np.arange(len(y)), y]))

    slopes = np.zeros_like(kernel)
    for place in np.ndindex(kernel.shape):
        step = np.zeros_like(kernel)
        step[place] = 0.02
        slopes[place] = (loss_of(kernel + step) - loss_of(kernel - step)) / 0.04
    model.layers[1].kernel.assign(kernel)
    row = gradient_norms(model, x, y)[0]
    assert row.norm == pytest.approx(np.sqrt(np.sum(slopes**2)), rel=1e-2)


def test_rows_are_the_trainable_layers_in_order_with_their_depth(resnet, batch):
    rows = gradient_norms(resnet, *batch)
    assert [row.layer for row in rows] == [layer.name for layer in resnet.layers if layer.trainable_variables]
    kernels = [row for row in rows if row.has_kernel]
    assert [row.depth for row in kernels] == list(range(1, 9))
    assert {row.layer: row.depth for row in rows}["stage3_block1_bn2"] == 7
    assert sum(row.params for row in rows) == sum(np.prod(v.shape) for v in resnet.trainable_variables)
    assert all(row.norm > 0 for row in rows)


def test_depth_is_the_longest_way():
    x = keras.Input((8, 8, 3))
    short = layers.Conv2D(4, 1, name="short")(x)
    long = layers.Conv2D(4, 1, name="long2")(layers.Conv2D(4, 1, name="long1")(x))
    y = layers.Dense(2, name="logits")(layers.GlobalAveragePooling2D()(layers.Add()([short, long])))
    rows = gradient_norms(keras.Model(x, y), np.ones((2, 8, 8, 3)), [0, 1])
    assert {row.layer: row.depth for row in rows} == {"short": 1, "long1": 1, "long2": 2, "logits": 3}


def test_nothing_changes_and_the_answer_is_the_same_again(batch):
    x, y = batch
    inputs = keras.Input((16, 16, 3))
    z = layers.BatchNormalization()(layers.Conv2D(4, 3, use_bias=False)(inputs))
    z = layers.Dense(10)(layers.Dropout(0.5, seed=1)(layers.Flatten()(z)))
    model = keras.Model(inputs, z)
    before = [v.numpy().copy() for v in model.variables]
    first = gradient_norms(model, x, y)
    activation_statistics(model, x, training=True)
    assert gradient_norms(model, x, y) == first
    for old, variable in zip(before, model.variables, strict=True):
        np.testing.assert_array_equal(old, variable.numpy())


def test_layers_within_models_and_shared_ones():
    shared = layers.Dense(4, use_bias=False, name="shared")
    inner = keras.Sequential([keras.Input((4,)), shared, shared], name="inner")
    x = keras.Input((4,))
    model = keras.Model(x, layers.Dense(2, name="logits")(inner(x)))
    data = RNG.standard_normal((5, 4)).astype("float32")
    rows = gradient_norms(model, data, RNG.integers(0, 2, 5))
    assert [(row.layer, row.depth) for row in rows] == [("inner/shared", 1), ("logits", 3)]
    statistics = activation_statistics(model, data)
    assert [row.layer for row in statistics] == ["inner/shared", "inner/shared", "logits"]
    kernel = shared.get_weights()[0]
    assert statistics[1].mean == pytest.approx(np.mean(data @ kernel @ kernel), abs=1e-5)


def test_frozen_layers_have_no_row(batch):
    model = resnet_cifar((16, 16, 3), depth=8, filters=4)
    model.get_layer("stem_conv").trainable = False
    assert "stem_conv" not in [row.layer for row in gradient_norms(model, *batch)]


def test_a_loss_of_ones_own(batch):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1, use_bias=False)])
    x, y = np.array([[3.0, 4.0]], "float32"), np.zeros((1, 1))
    (row,) = gradient_norms(model, x, y, loss=lambda y, z: z - y)
    assert row.norm == pytest.approx(5.0)


def test_activations_of_a_network_are_those_of_its_parts(resnet, batch):
    x, _ = batch
    rows = activation_statistics(resnet, x)
    assert [row.layer for row in rows] == [layer.name for layer in resnet.layers[1:]]
    part = keras.Model(resnet.input, resnet.get_layer("stage2_block1_relu2").output)
    values = part.predict_on_batch(x)
    row = next(row for row in rows if row.layer == "stage2_block1_relu2")
    assert row.shape == values.shape[1:] == (8, 8, 8)
    assert row.mean == pytest.approx(values.mean(), rel=1e-4)
    assert row.std == pytest.approx(values.std(), rel=1e-4)
    assert row.zeros == pytest.approx((values == 0).mean())
    assert row.dead == np.mean(values.max(axis=(0, 1, 2)) == 0)


def test_training_normalizes_by_the_batch(resnet, batch):
    x, _ = batch
    row = next(r for r in activation_statistics(resnet, 9 * x, training=True) if r.layer == "stem_bn")
    assert (row.mean, row.std) == (pytest.approx(0, abs=1e-3), pytest.approx(1, rel=1e-2))
    row = next(r for r in activation_statistics(resnet, 9 * x) if r.layer == "stem_bn")
    assert row.std > 2


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([0, 1], r"class numbers of shape \(6,\).*got shape \(2,\)"),
        ([0, 1, 2, 3, 4, 10], "class numbers from 0 to 9; got 0 to 10"),
        (np.zeros((6, 9)), r"probabilities \(6, 10\).*got shape \(6, 9\)"),
    ],
)
def test_labels_that_do_not_fit(resnet, batch, y, message):
    with pytest.raises(ValueError, match=message):
        gradient_norms(resnet, batch[0], y)


def test_what_is_no_graph_is_an_error():
    class Mine(keras.Model):
        pass

    with pytest.raises(ValueError, match="Expected a functional or Sequential Keras model, got Mine"):
        activation_statistics(Mine(), np.ones((1, 2)))
    with pytest.raises(ValueError, match="not built: call it once"):
        gradient_norms(keras.Sequential([layers.Dense(1)]), np.ones((1, 2)), [0])
    with pytest.raises(ValueError, match="no trainable weights"):
        gradient_norms(keras.Sequential([keras.Input((2,)), layers.ReLU()]), np.ones((1, 2)), [0])


PROGRAM = """
import numpy as np
from cvlabs.models.resnet_cifar import resnet_cifar
from cvlabs.train import activation_statistics, gradient_norms
rng = np.random.default_rng(0)
x, y = rng.standard_normal((4, 16, 16, 3)).astype("float32"), rng.integers(0, 10, 4)
model = resnet_cifar((16, 16, 3), depth=8, filters=4)
print([row.norm for row in gradient_norms(model, x, y)])
print([row.std for row in activation_statistics(model, x, training=True)])
"""


@pytest.mark.slow
def test_jax_gives_the_same(monkeypatch):
    """Initial weights are the same on every backend, so are gradients and activations."""
    pytest.importorskip("jax")
    keras.utils.set_random_seed(5)
    found = {}
    for backend in ("tensorflow", "jax"):
        program = f"import keras\nkeras.utils.set_random_seed(5)\n{PROGRAM}"
        monkeypatch.setenv("KERAS_BACKEND", backend)
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        found[backend] = [eval(line) for line in run.stdout.splitlines()[-2:]]
    for ours, theirs in zip(found["tensorflow"], found["jax"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-3)


def test_both_halves_of_a_separable_convolution_are_its_kernel():
    halves = keras.layers.SeparableConv2D(3, 3)
    model = keras.Sequential([keras.Input((6, 6, 2)), halves, keras.layers.Flatten(), keras.layers.Dense(2)])
    rows = gradient_norms(model, np.ones((1, 6, 6, 2)), np.array([1]))
    assert [(row.depth, row.has_kernel) for row in rows] == [(1, True), (2, True)]
