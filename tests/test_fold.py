"""Folded copies against the networks that they are of."""

import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.checks.weights import fill
from cvlabs.fold import fold_batch_norm
from cvlabs.layers import BatchNormalization, GroupedConv2D
from cvlabs.models import MODELS, googlenet_bn

KINDS = (layers.BatchNormalization,)


def norms(model):
    return [layer.name for layer in model.layers if isinstance(layer, KINDS)]


def every_norm(model):
    """Returns the normalizations of a model and of the models inside it."""
    return [layer for layer in model._flatten_layers() if isinstance(layer, KINDS)]


def assert_equal(model, folded, tolerance=1e-5):
    """Compares outputs for random inputs."""
    x = np.random.default_rng(0).normal(size=(2, *model.inputs[0].shape[1:])).astype("float32")
    ours, theirs = (keras.tree.flatten(one(x, training=False)) for one in (folded, model))
    for one, other in zip(ours, theirs, strict=True):
        one, other = (np.asarray(keras.ops.cast(y, "float32")) for y in (one, other))
        assert np.abs(one - other).max() <= tolerance * np.abs(other).max()


def folded(model):
    """Returns the copy, after a look that the original is as it was."""
    fill(model, 1)
    config, weights = model.get_config(), model.get_weights()
    operations = getattr(model, "operations", model.layers)  # a Sequential model has no operations
    nodes = [len(layer._inbound_nodes) for layer in operations]
    copy = fold_batch_norm(model)
    assert model.get_config() == config
    assert [len(layer._inbound_nodes) for layer in operations] == nodes
    for one, other in zip(model.get_weights(), weights, strict=True):
        np.testing.assert_array_equal(one, other)
    assert not {id(v) for v in copy.variables} & {id(v) for v in model.variables}
    assert copy.name == model.name
    assert copy.inputs[0].name == model.inputs[0].name
    return copy


@pytest.mark.parametrize("name", ["googlenet_bn", "mobilenet_v2", "resnext50_32x4d"])
def test_networks(name):
    model = MODELS[name]((64, 64, 3), 7)
    copy = folded(model)
    assert_equal(model, copy, 1e-4)
    assert norms(model)
    assert not norms(copy)
    left = [layer.name for layer in model.layers if layer.name not in norms(model)]
    assert sorted(layer.name for layer in copy.layers) == sorted(left)


def test_with_auxiliary_heads_and_saved(tmp_path):
    model = googlenet_bn((224, 224, 3), 7, auxiliary_heads=True)
    copy = folded(model)
    assert_equal(model, copy, 1e-4)
    copy.save(tmp_path / "folded.keras")
    assert_equal(model, keras.saving.load_model(tmp_path / "folded.keras", safe_mode=True), 1e-4)


def chain(layer, norm, shape=(6, 7, 4)):
    x = keras.Input(shape, name="x")
    return keras.Model(x, layers.ReLU(name="relu")(norm(layer(x))))


@pytest.mark.parametrize("norm", [layers.BatchNormalization, BatchNormalization])
@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize(
    ("kind", "args", "shape"),
    [
        (layers.Conv1D, (5, 3), (9, 4)),
        (layers.Conv2D, (5, 3), (6, 7, 4)),
        (layers.Conv3D, (5, 2), (3, 4, 5, 2)),
        (GroupedConv2D, (6, 3), (6, 7, 4)),
        (layers.DepthwiseConv1D, (3,), (9, 4)),
        (layers.DepthwiseConv2D, (3,), (6, 7, 4)),
        (layers.Dense, (5,), (4,)),
        (layers.Dense, (5,), (6, 7, 4)),
    ],
)
def test_every_kind_of_layer(kind, args, shape, use_bias, norm):
    options = {"groups": 2} if kind is GroupedConv2D else {}
    if kind in (layers.DepthwiseConv1D, layers.DepthwiseConv2D):
        options = {"depth_multiplier": 3}
    model = chain(kind(*args, use_bias=use_bias, name="layer", **options), norm(name="bn"), shape)
    copy = folded(model)
    assert not norms(copy)
    assert_equal(model, copy)


@pytest.mark.parametrize("settings", [{"scale": False}, {"center": False}, {"axis": 3, "epsilon": 0.1}])
def test_settings_of_the_normalization(settings):
    model = chain(layers.Conv2D(5, 3), BatchNormalization(**settings))
    copy = folded(model)
    assert not norms(copy)
    assert_equal(model, copy)


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16"])
def test_mixed_precision(policy):
    model = chain(layers.Conv2D(5, 3, dtype=policy), BatchNormalization(dtype=policy))
    copy = folded(model)
    assert not norms(copy)
    assert {v.dtype for v in copy.variables} == {"float32"}
    assert copy.get_layer(index=1).compute_dtype == policy.removeprefix("mixed_")
    assert_equal(model, copy, 0.03)


class Shifted(layers.Conv2D):
    """A convolution with a result of its own."""

    def call(self, inputs):
        return super().call(inputs) + 1


class Rectified(BatchNormalization):
    """A normalization with a result of its own."""

    def call(self, inputs, training=None, mask=None):
        return keras.ops.relu(super().call(inputs, training=training, mask=mask))


def keeps():
    """Models of which no BatchNormalization may be folded, and why."""
    x = keras.Input((6, 7, 4), name="x")

    def conv(**options):
        return layers.Conv2D(4, 3, padding="same", **options)

    def norm(**options):
        return BatchNormalization(**options)

    y = conv()(x)
    yield "the convolution has another consumer", [norm()(y), layers.ReLU()(y)]
    yield "the convolution is an output", [norm()(y), y]
    yield "the convolution is read twice", [norm()(y), norm()(y)]
    shared = conv()
    yield "the convolution is shared", [norm()(shared(x)), shared(layers.ReLU()(x))]
    shared = norm()
    yield "the normalization is shared", [shared(conv()(x)), shared(conv()(x))]
    yield "an activation is between, in the layer", norm()(conv(activation="relu")(x))
    yield "an activation is between", norm()(layers.ReLU()(conv()(x)))
    yield "nothing is before", norm()(x)
    yield "it normalizes another axis", norm(axis=1)(conv()(x))
    yield "it always uses the batch", norm()(conv()(x), training=True)
    yield "an unknown subclass", norm()(Shifted(4, 3)(x))
    yield "an unknown normalization", Rectified()(conv()(x))
    yield "it computes in another type", norm(dtype="float32")(conv(dtype="mixed_float16")(x))
    yield "two layers are before", norm()(layers.Add()([conv()(x), conv()(x)]))


@pytest.mark.parametrize("why", [why for why, _ in keeps()])
def test_what_must_stay(why):
    outputs = dict(keeps())[why]
    first = keras.tree.flatten(outputs)[0]
    while not first._keras_history.operation._inbound_nodes[0].is_input:
        first = first._keras_history.operation._inbound_nodes[0].input_tensors[0]
    model = keras.Model(first, outputs)
    copy = folded(model)
    assert len(norms(copy)) == len(norms(model)) > 0
    assert_equal(model, copy)


def test_a_normalization_that_another_model_shares_is_folded_here():
    x = keras.Input((6, 7, 4))
    y = layers.Conv2D(4, 3, name="conv")(x)
    whole = keras.Model(x, [BatchNormalization(name="bn")(y), layers.ReLU()(y)])
    part = keras.Model(x, whole.outputs[0])
    assert not norms(folded(part))
    assert_equal(part, fold_batch_norm(part))


def test_operators_and_sequential():
    x = keras.Input((6, 7, 4))
    y = BatchNormalization()(layers.Conv2D(4, 3, padding="same")(x))
    model = keras.Model(x, (y + x) * 2.0)
    copy = folded(model)
    assert not norms(copy)
    assert_equal(model, copy)
    sequence = keras.Sequential([keras.Input((6, 7, 4)), layers.Conv2D(4, 3), BatchNormalization()])
    copy = folded(sequence)
    assert not norms(copy)
    assert_equal(sequence, copy)


def test_models_inside_are_folded_too(tmp_path):
    x = keras.Input((6, 7, 4))
    twice = chain(layers.Conv2D(4, 3, padding="same"), BatchNormalization())
    deep = keras.Sequential([layers.Conv2D(4, 3), BatchNormalization()], name="deep")
    backbone = keras.Sequential([layers.Conv2D(4, 1), BatchNormalization(), deep], name="backbone")
    model = keras.Model(x, backbone(twice(twice(x) + x), training=False))
    copy = folded(model)
    assert (len(every_norm(model)), len(every_norm(copy))) == (3, 0)
    assert_equal(model, copy)
    copy.save(tmp_path / "folded.keras")
    assert_equal(model, keras.saving.load_model(tmp_path / "folded.keras", safe_mode=True))


def test_a_model_inside_that_always_uses_the_batch_stays():
    x = keras.Input((6, 7, 4))
    inner = chain(layers.Conv2D(4, 3, padding="same"), BatchNormalization())
    model = keras.Model(x, inner(x, training=True))
    copy = folded(model)
    assert len(every_norm(copy)) == 1
    assert_equal(model, copy)


def adapted():
    """A layer that works with values that it made from its variables."""
    layer = layers.Normalization()
    layer.adapt(np.random.default_rng(2).uniform(0, 255, (8, 6, 7, 4)).astype("float32"))
    return layer


@pytest.mark.parametrize("place", ["in the model", "in a model inside", "in a wrapper"])
def test_adapted_normalization(place):
    layer, x = adapted(), keras.Input((6, 7, 4))
    if place == "in a model inside":
        layer = keras.Sequential([keras.Input((6, 7, 4)), layer])
    elif place == "in a wrapper":
        layer, x = layers.TimeDistributed(layer), keras.Input((2, 6, 7, 4))
    model = keras.Model(x, BatchNormalization()(layers.Dense(3)(layer(x))))
    copy = fold_batch_norm(model)
    assert not norms(copy)
    assert_equal(model, copy)


def test_functions_of_ones_own():
    factor = 3.0
    model = chain(layers.Conv2D(4, 3), BatchNormalization())
    own = layers.Lambda(lambda x, less: x * factor - less, arguments={"less": 2})
    model = keras.Model(model.input, own(model.output))
    fill(model, 1)
    copy = fold_batch_norm(model)
    assert not norms(copy)
    assert_equal(model, copy)


class Times(layers.Layer):
    """A layer that Keras cannot make anew."""

    def __init__(self, factor):
        super().__init__(name="times")
        self.factor = factor

    def call(self, x):
        return x * self.factor


@pytest.mark.parametrize("layer", [Times(3), layers.Dense(2, activation=lambda x: x, name="times")])
@pytest.mark.filterwarnings("ignore:The object being serialized includes a `lambda`")
def test_a_layer_that_cannot_be_copied_is_named(layer):
    model = keras.Sequential([keras.Input((4,)), layer])
    with pytest.raises(
        ValueError, match=r"^times cannot be copied: .* keras\.saving\.register_keras_serializable"
    ):
        fold_batch_norm(model)


def test_compiled_models():
    model = chain(layers.Conv2D(5, 3, name="layer"), BatchNormalization(name="bn"))
    model.compile("adam", "mse")
    model.fit(np.ones((2, 6, 7, 4)), np.ones((2, 4, 5, 5)), verbose=0)
    optimizer = model.optimizer
    copy = folded(model)
    assert not norms(copy)
    assert_equal(model, copy)
    assert model.optimizer is optimizer
    assert not copy.compiled


def test_a_name_is_no_model():
    with pytest.raises(ValueError, match=r"got str: cvlabs\.create_model\('resnet18'\) builds one"):
        fold_batch_norm("resnet18")
    with pytest.raises(ValueError, match="got ndarray"):
        fold_batch_norm(np.ones(3))


def test_other_models_are_refused():
    class Own(keras.Model):
        def call(self, x):
            return x

    with pytest.raises(ValueError, match="functional or Sequential Keras model, got Own"):
        fold_batch_norm(Own(name="own"))
    with pytest.raises(ValueError, match="got a Sequential model that is not built: call it once"):
        fold_batch_norm(keras.Sequential([layers.Dense(3)], name="empty"))


RUN = """
import json, keras
from cvlabs.models import googlenet_bn
from tests.test_fold import assert_equal, folded, norms
model = googlenet_bn((64, 64, 3), 7)
copy = folded(model)
assert_equal(model, copy, 1e-4)
print(json.dumps([keras.backend.backend(), len(norms(model)), len(norms(copy))]))
"""


@pytest.mark.slow
def test_on_jax():
    environment = os.environ | {"KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"}
    run = subprocess.run(
        [sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    backend, before, after = json.loads(run.stdout.splitlines()[-1])
    assert (backend, after) == ("jax", 0)
    assert before > 50
