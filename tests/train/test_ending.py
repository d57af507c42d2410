"""What a network ends in, however it is written: the same for training, for errors and for maps."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from cvlabs.train import evaluate, fit
from cvlabs.train.class_activation import class_activation
from cvlabs.train.heads import heads_of
from cvlabs.train.probabilities import gives_probabilities, softmax

IMAGES = np.random.default_rng(0).random((4, 6, 6, 3), "float32") * 255


def ending_in(*last, activation=None):
    """A map, global average pooling and three scores, and what comes behind."""
    inputs = keras.Input((6, 6, 3))
    x = layers.GlobalAveragePooling2D()(layers.Conv2D(4, 1)(layers.Rescaling(1 / 255)(inputs)))
    x = logits = layers.Dense(3, activation=activation, name="logits")(x)
    for function in last:
        x = function(x)
    return keras.Model(inputs, x, name="network"), keras.Model(inputs, logits)


def cast(x):
    return ops.cast(x, "float32")


SOFTMAX = {
    "layer": [layers.Softmax()],
    "activation": [layers.Activation("softmax")],
    "operation": [ops.softmax],
    "function": [keras.activations.softmax],
    "operation and cast": [ops.softmax, cast],
    "operation and linear": [ops.softmax, layers.Activation("linear", dtype="float32")],
    "logarithm": [ops.log_softmax],
    "logarithm by name": [layers.Activation("log_softmax")],
}


@pytest.mark.parametrize("how", SOFTMAX)
def test_the_logits_are_found_before_a_softmax(how):
    model, logits = ending_in(*SOFTMAX[how])
    expected = logits.predict_on_batch(IMAGES)
    heads = heads_of(model)
    assert heads.from_logits
    np.testing.assert_allclose(heads.main.predict_on_batch(IMAGES), expected, rtol=1e-6)
    assert gives_probabilities(model) == (not how.startswith("logarithm"))
    found = class_activation(model, IMAGES, 1)
    np.testing.assert_allclose(found.maps.mean(axis=(1, 2)), expected[:, 1], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(found.probabilities, softmax(expected), rtol=1e-4)


@pytest.mark.parametrize("last", [[], [layers.Activation("linear", dtype="float32")], [cast]])
def test_logits_are_logits(last):
    model, logits = ending_in(*last)
    assert heads_of(model).from_logits
    assert not gives_probabilities(model)
    found = class_activation(model, IMAGES, 1).maps.mean(axis=(1, 2))
    np.testing.assert_allclose(found, logits.predict_on_batch(IMAGES)[:, 1], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("activation", ["softmax", ops.softmax, layers.Softmax()])
def test_a_softmax_within_a_layer_gives_probabilities(activation):
    model, _ = ending_in(cast, activation=activation)
    assert not heads_of(model).from_logits
    assert gives_probabilities(model)


@pytest.mark.parametrize(
    ("last", "name"),
    [
        (ops.sigmoid, "sigmoid"),
        (layers.Activation("sigmoid"), "sigmoid"),
        (keras.activations.tanh, "tanh"),
        (layers.ReLU(), "relu"),
        (ops.relu, "relu"),
        (layers.Activation(layers.LeakyReLU()), "leaky_relu"),
    ],
)
def test_other_activations_are_refused_everywhere(last, name):
    model, _ = ending_in(last)
    told = rf"network ends in \w+ with activation {name}; a classifier ends in logits or in softmax"
    labels = np.array([0, 1, 2, 0])
    with pytest.raises(ValueError, match=told):
        fit(model, (IMAGES, labels), epochs=1, verbose=False)
    with pytest.raises(ValueError, match=told):
        evaluate(model, (IMAGES, labels))


def test_a_network_that_ends_in_an_operation_trains_as_with_the_layer():
    def loss(last):
        keras.utils.set_random_seed(0)
        model, _ = ending_in(last)
        return fit(model, (IMAGES, np.array([0, 1, 2, 0])), epochs=1, verbose=False).history[0]["loss"]

    assert loss(ops.softmax) == loss(layers.Softmax())
