"""Whether a network normalizes its pixels, wherever the layer that does it is; and that it stays float32."""

import keras
import numpy as np
import pytest
from keras import layers
from small import images, network

import cvlabs
from cvlabs.train import evaluate, fit, precision, predict, takes_pixels
from cvlabs.train.normalization import pixel_layers


class Prepare(keras.Layer):
    """A layer with layers of its own."""

    def __init__(self, *parts):
        super().__init__()
        self.parts = list(parts)

    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x


def after(*parts):
    """The small network behind what prepares its images."""
    x = inputs = keras.Input((8, 8, 3))
    for part in parts:
        x = part(x)
    return keras.Model(inputs, network()(x))


def adapted():
    normalization = layers.Normalization(mean=[120.0] * 3, variance=[900.0] * 3)
    normalization.build((None, 8, 8, 3))
    return normalization


def flip():
    return layers.RandomFlip("horizontal")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (lambda: [cvlabs.preprocessing("resnet20_cifar", 8)], True),
        (lambda: [layers.Pipeline([flip(), layers.Rescaling(1 / 255)])], True),
        (lambda: [layers.Pipeline([layers.Pipeline([flip(), adapted()])])], True),
        (lambda: [flip(), keras.Sequential([layers.Pipeline([layers.Rescaling(1 / 255)])])], True),
        (lambda: [Prepare(flip(), layers.Rescaling(1 / 255))], True),
        (lambda: [layers.Pipeline([flip()])], False),
        (lambda: [layers.Conv2D(3, 1), layers.Pipeline([layers.Rescaling(1 / 255)])], False),
        (lambda: [Prepare(layers.Rescaling(0.1), layers.Conv2D(3, 1))], False),  # of a branch, maybe
    ],
)
def test_a_normalization_is_found_within_what_holds_layers(parts, expected):
    assert takes_pixels(after(*parts())) is expected


def test_a_network_behind_its_preprocessing_is_not_normalized_again(capsys):
    model = after(cvlabs.preprocessing("resnet20_cifar", 8))
    pixels, labels = images(24)
    before = model.predict_on_batch(pixels)
    assert evaluate(model, (pixels, before.argmax(axis=1))).top1_error == 0
    assert len(predict(model, pixels, classes="abc")) == 24
    result = fit(model, (pixels, labels), epochs=1)
    assert "Normalization added" not in capsys.readouterr().out
    np.testing.assert_array_equal(result.model.predict_on_batch(pixels), model.predict_on_batch(pixels))


def test_pixels_stay_float32_up_to_their_normalization():
    model = after(cvlabs.preprocessing("resnet20_cifar", 8))
    prepare = model.layers[1]
    names = [layer.name for layer in pixel_layers(model)]
    assert names[-4:] == [layer.name for layer in prepare.layers]
    with precision.in_precision(model, "mixed_bfloat16", names):
        assert {layer.compute_dtype for layer in (prepare, *prepare.layers)} == {"float32"}
        assert model.layers[2].get_layer("conv").compute_dtype == "bfloat16"
