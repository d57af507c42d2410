"""LRN against the formula written out, against TensorFlow's kernel, and under other dtypes."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from cvlabs.layers import LocalResponseNormalization

X = (30 * np.random.default_rng(0).standard_normal((2, 3, 4, 9))).astype("float32")


def by_hand(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    y = np.empty_like(x, dtype=np.float64)
    for c in range(x.shape[-1]):
        window = x[..., max(0, c - depth_radius) : c + depth_radius + 1].astype(np.float64)
        y[..., c] = x[..., c] / (bias + alpha * (window**2).sum(-1)) ** beta
    return y


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"depth_radius": 0},
        {"depth_radius": 20},
        {"bias": 1.0, "alpha": 2e-5},
        {"beta": 0.5},
        {"beta": 1.0},
    ],
)
def test_equals_the_formula_and_tensorflow_s_kernel(settings):
    got = keras.ops.convert_to_numpy(LocalResponseNormalization(**settings)(X))
    np.testing.assert_allclose(got, by_hand(X, **settings), rtol=2e-6)
    theirs = {"depth_radius": 2, "bias": 2.0, "alpha": 1e-4, "beta": 0.75} | settings
    np.testing.assert_allclose(got, tf.nn.local_response_normalization(X, **theirs), rtol=1e-5)


def test_the_gradient_equals_that_of_tensorflow_s_kernel():
    gradients = []
    for function in (
        LocalResponseNormalization(),
        lambda x: tf.nn.local_response_normalization(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75),
    ):
        x = tf.Variable(X)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.sin(function(x)))
        gradients.append(tape.gradient(loss, x).numpy())
    # Of values up to 0.6. Near zero each is off by up to 1.6e-6: the cosine of numbers up to 25 in float32.
    np.testing.assert_allclose(gradients[0], gradients[1], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_computes_in_float32_and_returns_the_input_s_dtype(dtype):
    x = keras.ops.cast(20 * X, dtype)  # squares that overflow float16
    y = LocalResponseNormalization(dtype=f"mixed_{dtype}")(x)
    assert keras.backend.standardize_dtype(y.dtype) == dtype
    exact = by_hand(keras.ops.convert_to_numpy(keras.ops.cast(x, "float32")))
    np.testing.assert_allclose(keras.ops.convert_to_numpy(keras.ops.cast(y, "float32")), exact, rtol=1e-2)


def test_survives_saving(tmp_path):
    x = keras.Input((3, 4, 9))
    model = keras.Model(x, LocalResponseNormalization(depth_radius=3, alpha=1e-3)(x))
    model.save(tmp_path / "lrn.keras")
    loaded = keras.saving.load_model(tmp_path / "lrn.keras", safe_mode=True)
    np.testing.assert_array_equal(model(X), loaded(X))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"depth_radius": -1}, "at least 0, got -1"),
        ({"depth_radius": 2.5}, "whole number"),
        ({"bias": 0}, "positive"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        LocalResponseNormalization(**settings)
