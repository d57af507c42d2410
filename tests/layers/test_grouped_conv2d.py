"""The grouped convolution against Keras' own, however it is computed."""

import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from cvlabs.layers import GroupedConv2D, grouped_conv2d

X = np.random.default_rng(0).normal(size=(2, 9, 11, 12)).astype("float32")
# Without oneDNN Eigen sums in the dtype itself, in blocks that fit the processor's caches. For twenty draws
# of X bfloat16 was off by 0.019 to 0.030 of the largest value, float16 by 0.002 to 0.006.
TOLERANCE = {"float32": 1e-5, "bfloat16": 5e-2, "float16": 1e-2}


@pytest.fixture(params=["native", "split"])
def way(request, monkeypatch):
    """Computes with TensorFlow's kernel or group by group, and records which."""
    ways = []
    for name in ("_native", "_split"):
        method = getattr(GroupedConv2D, name)

        def recorded(self, *args, name=name, method=method):
            ways.append(name)
            return method(self, *args)

        monkeypatch.setattr(GroupedConv2D, name, recorded)
    if request.param == "split":
        monkeypatch.setattr(grouped_conv2d, "_kernel_works", lambda dtype: False)
    elif not grouped_conv2d._kernel_works("float32"):
        pytest.skip("TensorFlow's kernel does not work here")
    yield request.param
    assert set(ways) == {f"_{request.param}"}


def pair(x, *args, **settings):
    """Returns Keras' layer and ours with the same weights."""
    layers = [cls(*args, **settings) for cls in (keras.layers.Conv2D, GroupedConv2D)]
    for layer in layers:
        layer.build(x.shape)
    rng = np.random.default_rng(1)
    values = [rng.normal(size=v.shape) / np.sqrt(v[..., 0].numpy().size) for v in layers[0].weights]
    for layer in layers:
        layer.set_weights(values)
    return layers


def step(layer, x):
    """Returns outputs, and gradients by inputs and weights."""
    x = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x)
        loss = tf.reduce_sum(tf.sin(tf.cast(y, "float32")))
    return [y, *tape.gradient(loss, [x, *(v.value for v in layer.trainable_variables)])]


def assert_close(ours, theirs, tolerance):
    for one, other in zip(ours, theirs, strict=True):
        assert one.dtype == other.dtype
        one, other = (np.asarray(tf.cast(t, "float32")) for t in (one, other))
        assert np.abs(one - other).max() <= tolerance * np.abs(other).max()


@pytest.mark.parametrize(
    ("filters", "settings"),
    [
        (6, {"groups": 2}),
        (24, {"groups": 3, "padding": "same"}),
        (12, {"groups": 12, "padding": "same"}),
        (24, {"groups": 12}),
        (8, {"groups": 4, "strides": 2, "padding": "same"}),
        (8, {"groups": 4, "strides": (1, 2), "kernel_size": (3, 1)}),
        (6, {"groups": 6, "dilation_rate": 2, "padding": "same"}),
        (6, {"groups": 2, "kernel_size": 1, "use_bias": False}),
        (6, {"groups": 2, "activation": "relu"}),
    ],
)
def test_outputs_and_gradients_equal_those_of_keras(way, filters, settings):
    settings = {"kernel_size": 3} | settings
    theirs, ours = pair(X, filters, **settings)
    assert_close(step(ours, X), step(theirs, X), TOLERANCE["float32"])


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
@pytest.mark.parametrize("traced", [False, True])
def test_mixed_precision(dtype, traced):
    """Against float32, as XLA rounds elsewhere than TensorFlow's kernels."""
    settings = {"kernel_size": 3, "groups": 4, "padding": "same", "use_bias": False}
    exact, _ = pair(X, 8, **settings)
    _, ours = pair(X, 8, **settings, dtype=f"mixed_{dtype}")
    run = tf.function(step) if traced else step
    got = run(ours, tf.cast(X, dtype))
    assert [t.dtype for t in got] == [dtype, dtype, "float32"]
    assert_close([tf.cast(t, "float32") for t in got], step(exact, X), TOLERANCE[dtype])


def test_in_a_function_with_unknown_sizes(way):
    theirs, ours = pair(X, 8, kernel_size=3, groups=4, strides=2, padding="same")
    traced = tf.function(lambda x: step(ours, x), input_signature=[tf.TensorSpec((None, None, None, 12))])
    assert_close(traced(X), step(theirs, X), TOLERANCE["float32"])


def test_compiled_by_xla(monkeypatch):
    theirs, ours = pair(X, 8, kernel_size=3, groups=4, padding="same")
    expected = step(theirs, X)
    compiled = tf.function(lambda x: step(ours, x), jit_compile=True)
    assert_close(compiled(X), expected, TOLERANCE["float32"])
    monkeypatch.setattr(grouped_conv2d, "_only_cpu", lambda: False)  # what a GPU compiles
    compiled = tf.function(lambda x: step(ours, x), jit_compile=True)
    assert_close(compiled(X), expected, TOLERANCE["float32"])


@pytest.mark.parametrize("settings", [{"groups": 1}, {"groups": 4, "data_format": "channels_first"}])
def test_leaves_the_rest_to_keras(settings):
    x = X if "data_format" not in settings else X.transpose(0, 3, 1, 2)
    theirs, ours = pair(x, 8, kernel_size=3, **settings)
    run = tf.function(lambda layer: step(layer, x)[0], jit_compile=True)  # channels first needs it on CPU
    assert_close([run(ours)], [run(theirs)], TOLERANCE["float32"])


def test_one_kernel_and_the_configuration_of_keras():
    theirs, ours = pair(X, 8, kernel_size=3, groups=4, name="conv")
    assert [v.path for v in ours.weights] == [v.path for v in theirs.weights]
    assert ours.kernel.shape == (3, 3, 3, 8)
    assert ours.get_config() == theirs.get_config()
    assert ours(keras.Input((None, None, 12))).shape == (None, None, None, 8)


def model_of(conv):
    x = keras.Input((9, 11, 12), name="image")
    y = conv(6, 3, groups=3, padding="same", activation="relu", name="conv")(x)
    y = keras.layers.GlobalAveragePooling2D(name="pool")(y)
    return keras.Model(x, keras.layers.Dense(2, name="logits")(y))


def test_a_step_of_training_equals_that_with_keras():
    ours, theirs = model_of(GroupedConv2D), model_of(keras.layers.Conv2D)
    theirs.set_weights(ours.get_weights())
    losses = []
    for model in (ours, theirs):
        model.compile(keras.optimizers.SGD(0.1), "mse", jit_compile=False)
        losses.append([float(model.train_on_batch(X, np.ones((2, 2)))) for _ in range(3)])
    np.testing.assert_allclose(*losses, rtol=1e-5)


def test_survives_saving(tmp_path):
    model = model_of(GroupedConv2D)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    assert type(loaded.get_layer("conv")) is GroupedConv2D
    np.testing.assert_array_equal(model(X), loaded(X))


@pytest.mark.parametrize("activation", [None, "relu"])
def test_a_graph_that_the_optimizer_may_fuse(way, activation):
    theirs, ours = pair(X, 8, kernel_size=3, groups=4, activation=activation)
    run = tf.function(lambda x: tf.nn.relu(ours(x)))
    assert_close([run(tf.constant(X))], [tf.nn.relu(theirs(X))], TOLERANCE["float32"])


@pytest.mark.parametrize(
    ("filters", "groups", "channels", "message"),
    [
        (8, 3, 12, r"filters.*groups=3, filters=8"),
        (10, 5, 12, r"groups=5, but the input has 12 channels"),
        (8, 0, 12, r"groups=0"),
    ],
)
def test_groups_that_do_not_divide_are_refused(filters, groups, channels, message):
    with pytest.raises(ValueError, match=message):
        GroupedConv2D(filters, 3, groups=groups)(keras.Input((8, 8, channels)))


ELSEWHERE = """
import json, keras, numpy as np
from cvlabs.layers import GroupedConv2D
from tests.layers.gradients import gradients
layer = GroupedConv2D(8, 3, groups=4, strides=2, padding="same")
layer.build((2, 9, 11, 12))
rng = np.random.default_rng(1)
layer.set_weights([rng.normal(size=v.shape) for v in layer.weights])
x = np.random.default_rng(0).normal(size=(2, 9, 11, 12)).astype("float32")
print(json.dumps([keras.backend.backend(), [np.asarray(t).tolist() for t in gradients(layer, x)]]))
"""
ENVIRONMENTS = [
    {"KERAS_BACKEND": "tensorflow"},
    {"KERAS_BACKEND": "tensorflow", "TF_ENABLE_ONEDNN_OPTS": "0"},
    {"KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"},
]


@pytest.mark.slow
def test_the_same_on_jax_and_without_onednn():
    results = []
    for settings in ENVIRONMENTS:
        run = subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr[-2000:]
        backend, result = json.loads(run.stdout.splitlines()[-1])
        assert backend == settings["KERAS_BACKEND"]
        results.append([np.array(t) for t in result])
    for result in results[1:]:
        for one, other in zip(result, results[0], strict=True):
            assert np.abs(one - other).max() <= 1e-5 * np.abs(other).max()
