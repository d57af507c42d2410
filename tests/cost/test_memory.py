"""Memory: what lives at once at inference, and what training keeps."""

import json
from pathlib import Path

import keras
import pytest
from keras import layers

from cvlabs.cost import OPTIMIZER_SLOTS, calculate

AUTOGRAD = json.loads(Path(__file__).with_name("tool_totals.json").read_text(encoding="utf-8"))["networks"]


def peak(inputs, outputs):
    return calculate(keras.Model(inputs, outputs)).total.peak_bytes


def bytes_of(*shapes):
    size = 0
    for shape in shapes:
        numbers = 4
        for n in shape:
            numbers *= n
        size += numbers
    return size


def conv(filters, strides=1):
    return layers.Conv2D(filters, 3, strides=strides, padding="same")


def test_in_a_chain_input_and_output_of_one_layer_live():
    x = keras.Input((8, 8, 3))
    a = conv(8)(x)
    b = conv(16, strides=2)(a)
    assert peak(x, b) == max(bytes_of((8, 8, 3), (8, 8, 8)), bytes_of((8, 8, 8), (4, 4, 16)))


def test_a_shortcut_stays_until_it_is_added():
    x = keras.Input((8, 8, 4))
    y = conv(4)(conv(16)(x))
    assert peak(x, layers.Add()([x, y])) == bytes_of((8, 8, 4), (8, 8, 16), (8, 8, 4))


def test_outputs_stay():
    x = keras.Input((8, 8, 4))
    first = conv(4)(x)
    last = conv(4)(conv(4)(first))
    assert peak(x, last) == bytes_of(*[(8, 8, 4)] * 2)
    assert peak(x, [first, last]) == bytes_of(*[(8, 8, 4)] * 3)


def test_views_and_dropout_bring_nothing():
    x = keras.Input((4, 4, 4))
    y = layers.Dropout(0.5)(layers.Flatten()(x))
    assert peak(x, layers.Reshape((8, 8))(y)) == bytes_of((4, 4, 4))
    assert peak(x, layers.ReLU()(y)) == bytes_of((4, 4, 4), (4, 4, 4))


def test_what_is_made_inside_a_layer_lives_with_it():
    x = keras.Input((8, 8, 4))
    separable = layers.SeparableConv2D(6, 3, depth_multiplier=2, padding="same")(x)
    assert peak(x, separable) == bytes_of((8, 8, 4), (8, 8, 8), (8, 8, 6))


def test_half_precision_takes_half():
    x = keras.Input((8, 8, 4), dtype="bfloat16")
    y = layers.Conv2D(4, 3, dtype="bfloat16", padding="same")(x)
    total = calculate(keras.Model(x, y)).total
    assert total.peak_bytes == bytes_of((8, 8, 4), (8, 8, 4)) // 2
    assert total.weight_bytes == 2 * total.params


def training(outputs, inputs, **options):
    return calculate(keras.Model(inputs, outputs)).training_bytes(1, **options)


def test_what_the_gradients_read_is_kept():
    x = keras.Input((8, 8, 4))
    y = layers.Conv2D(8, 3, padding="same")(x)
    z = layers.BatchNormalization()(y)
    out = layers.ReLU()(z)
    kept = [(8, 8, 4), (8, 8, 8), (8, 8, 8)]  # the image, the convolution's output, ReLU's output
    assert training(out, x).activations == bytes_of(*kept)
    assert training(layers.Add()([out, y]), x).activations == bytes_of(*kept)
    fused = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    assert training(fused, x).activations == bytes_of((8, 8, 4), (8, 8, 8))
    swish = layers.Conv2D(8, 3, padding="same", activation="silu")(x)
    assert training(conv(2)(swish), x).activations == bytes_of((8, 8, 4), (8, 8, 8), (8, 8, 8))


@pytest.mark.parametrize("name", AUTOGRAD)
def test_kept_activations_are_near_what_autograd_keeps(name):
    """Both differ where layers do: padding of its own here; there ReLU in place or not, and wide indices."""
    assert calculate(name).training_bytes(1).activations == pytest.approx(
        AUTOGRAD[name]["kept_bytes"], rel=0.21
    )


def test_training_adds_up_and_grows_with_the_batch():
    cost = calculate("resnet18")
    one, many = cost.training_bytes(1), cost.training_bytes(32)
    assert one.total == sum(vars(one).values())
    assert many.activations == 32 * one.activations
    assert many.activation_gradients == 32 * one.activation_gradients
    assert (many.weights, many.gradients, many.optimizer) == (one.weights, one.gradients, one.optimizer)
    assert one.weights == 4 * (11_689_512 + 9_600)
    assert one.gradients == 4 * 11_689_512


@pytest.mark.parametrize("optimizer", OPTIMIZER_SLOTS)
def test_optimizer_slots_are_those_that_keras_makes(optimizer):
    made = {
        "momentum": keras.optimizers.SGD(momentum=0.9),
        "sgd": keras.optimizers.SGD(),
    }.get(optimizer) or keras.optimizers.get(optimizer)
    model = keras.Sequential([keras.Input((8,)), layers.Dense(5)])
    made.build(model.trainable_variables)
    slots = sum(v.numpy().nbytes for v in made.variables if v.ndim and tuple(v.shape) in {(8, 5), (5,)})
    assert calculate(model).training_bytes(1, optimizer=optimizer).optimizer == slots


def test_mixed_precision_halves_activations_alone():
    cost = calculate("vgg11")
    full, mixed = (cost.training_bytes(4, dtype_policy=policy) for policy in ("float32", "mixed_bfloat16"))
    assert mixed.activations * 2 == full.activations
    assert mixed.activation_gradients * 2 == full.activation_gradients
    assert (mixed.weights, mixed.gradients, mixed.optimizer) == (full.weights, full.gradients, full.optimizer)
    assert cost.training_bytes(4, dtype_policy="bfloat16").weights * 2 == full.weights


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"batch_size": 0}, r"batch_size must be a whole number of at least 1, got 0"),
        ({"batch_size": 1.5}, r"batch_size must be a whole number"),
        ({"batch_size": 1, "optimizer": "adm"}, r"optimizer must be one of sgd, momentum, .* got 'adm'"),
        ({"batch_size": 1, "optimizer": ["adam"]}, r"optimizer must be one of .* got \['adam'\]"),
        ({"batch_size": 1, "dtype_policy": "float31"}, r"float31"),
    ],
)
def test_mistakes_are_told(arguments, message):
    with pytest.raises(ValueError, match=message):
        calculate("squeezenet1_1").training_bytes(**arguments)
