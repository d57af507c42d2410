"""Class activation maps: their mean and the bias are the logit, wherever the head is found."""

import keras
import numpy as np
import pytest
from keras import layers

import cvlabs
from cvlabs.train import with_normalization
from cvlabs.train.class_activation import class_activation
from cvlabs.train.probabilities import softmax

RNG = np.random.default_rng(0)
SIZE = 64
IMAGES = RNG.integers(0, 256, (3, SIZE, SIZE, 3)).astype("float32")


def pixels(name, **options):
    model = cvlabs.create_model(name, input_shape=(SIZE, SIZE, 3), classes=7, **options)
    return with_normalization(model, [120] * 3, [60] * 3)


@pytest.mark.parametrize(
    ("name", "activation"),
    [("resnet18", "softmax"), ("googlenet", None), ("squeezenet1_1", "softmax"), ("squeezenet1_1", None)],
)
def test_the_mean_of_a_map_and_the_bias_are_the_logit(name, activation):
    model = pixels(name, classifier_activation=activation)
    found = class_activation(model, IMAGES, 4)
    last = [layer for layer in model.layers if isinstance(layer, layers.Dense)]
    bias = last[-1].bias.numpy()[4] if last else 0.0
    logits = cvlabs.create_model(name, input_shape=(SIZE, SIZE, 3), classes=7, classifier_activation=None)
    logits.set_weights(model.get_weights())
    expected = logits.predict_on_batch((IMAGES - 120) / 60)
    np.testing.assert_allclose(found.maps.mean(axis=(1, 2)) + bias, expected[:, 4], rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(found.probabilities, softmax(expected), rtol=1e-3, atol=1e-5)
    assert found.classes.tolist() == [4, 4, 4]


def test_the_predicted_class_unless_another_is_asked_for():
    model = pixels("resnet18")
    found = class_activation(model, IMAGES)
    assert found.classes.tolist() == found.probabilities.argmax(axis=1).tolist()
    assert found.maps.shape == (3, 2, 2)
    each = class_activation(model, IMAGES, [1, 2, 3])
    np.testing.assert_allclose(each.maps[1], class_activation(model, IMAGES, 2).maps[1])


def test_a_network_within_a_network():
    base = cvlabs.create_model("resnet18", input_shape=(SIZE, SIZE, 3), include_top=False)
    model = keras.Sequential(
        [
            keras.Input((SIZE, SIZE, 3)),
            layers.Rescaling(1 / 255),
            base,
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.5),
            layers.Dense(3, use_bias=False),
        ]
    )
    found = class_activation(model, IMAGES, 1)
    np.testing.assert_allclose(
        found.maps.mean(axis=(1, 2)), model.predict_on_batch(IMAGES)[:, 1], rtol=1e-3, atol=1e-4
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("vgg11", r"vgg11 has no class activation map: before its classifier stands \w+ \((ReLU|Dense)\)"),
        (
            "mobilenet_v3_small",
            "mobilenet_v3_small has no class activation map: before its classifier stands",
        ),
    ],
)
def test_networks_without_such_a_head(name, message):
    with pytest.raises(ValueError, match=message):
        class_activation(pixels(name), IMAGES)


def test_heads_that_look_alike():
    x = keras.Input((8, 8, 3))
    maps = layers.Conv2D(4, 1)(layers.Rescaling(1.0)(x))
    flat = keras.Model(x, layers.Dense(2)(layers.Flatten()(maps)))
    images = np.ones((1, 8, 8, 3))
    with pytest.raises(ValueError, match=r"flatten.* flattens its last map, with weights for each position"):
        class_activation(flat, images)
    pooled = layers.GlobalAveragePooling2D()(maps)
    with pytest.raises(ValueError, match="has an activation of its own"):
        class_activation(keras.Model(x, layers.Dense(2, activation="softmax")(pooled)), images)
    with pytest.raises(ValueError, match=r"stands global_max"):
        class_activation(keras.Model(x, layers.Dense(2)(layers.GlobalMaxPooling2D()(maps))), images)


@pytest.mark.parametrize(
    ("images", "classes", "message"),
    [
        (IMAGES[0], None, r"images must have the shape N×H×W×C, got \(64, 64, 3\)"),
        (IMAGES, 7, "class numbers from 0 to 6, got 7"),
        (IMAGES, 0.5, "class numbers from 0 to 6, got 0.5"),
    ],
)
def test_what_does_not_fit(images, classes, message):
    with pytest.raises(ValueError, match=message):
        class_activation(pixels("resnet18"), images, classes)
