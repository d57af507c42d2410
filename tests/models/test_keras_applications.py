"""Networks that `keras.applications` has too: the same weights give the same outputs.

Weights depend on a variable's role and shape alone (`cvlabs.checks.weights`), so both get the same without a
table of names. Where the publishers of weights differ in padding or in epsilon, ours is built as theirs.
"""

from functools import partial

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.blocks import (
    average_pool_same,
    batch_norm,
    conv2d_same,
    depthwise_conv2d_same,
    max_pool_same,
)
from cvlabs.checks.weights import fill, role
from cvlabs.models import MODELS
from cvlabs.models.nasnet import pad_same, reduction_cell

CLASSES = 10
RELATIVE = 1e-4

resnet_norm = {"norm": partial(batch_norm, epsilon=1.001e-5)}
keras_norm = {"norm": partial(batch_norm, epsilon=1e-3)}
padding = {"conv": conv2d_same, "depthwise": depthwise_conv2d_same}


def zero_padded_max_pool(x, *, name):
    return layers.MaxPooling2D(3, 2, name=name)(pad_same(x, name=name))


nasnet = {"reduction": partial(reduction_cell, max_pool=zero_padded_max_pool)}
v3 = {"include_preprocessing": False}
SIZES = ((64, 96), (96, 64))
INCEPTION_SIZES = ((96, 128), (107, 107))

# Our name: theirs, what ours is built with, what theirs is built with, sizes.
CASES = {
    "vgg16": ("VGG16", {}, {}, SIZES),
    "vgg19": ("VGG19", {}, {}, SIZES),
    "resnet50": ("ResNet50", resnet_norm, {}, SIZES),
    "resnet101": ("ResNet101", resnet_norm, {}, SIZES[:1]),
    "resnet152": ("ResNet152", resnet_norm, {}, SIZES[:1]),
    "densenet121": ("DenseNet121", resnet_norm, {}, SIZES),
    "densenet169": ("DenseNet169", resnet_norm, {}, SIZES[:1]),
    "densenet201": ("DenseNet201", resnet_norm, {}, SIZES[:1]),
    "mobilenet": ("MobileNet", padding | keras_norm, {}, SIZES),
    "mobilenet_v2": ("MobileNetV2", padding | keras_norm, {}, SIZES),
    "mobilenet_v3_large": ("MobileNetV3Large", padding, v3, SIZES),
    "mobilenet_v3_small": ("MobileNetV3Small", padding, v3, SIZES),
    "xception": ("Xception", padding | keras_norm | {"pool": max_pool_same}, {}, INCEPTION_SIZES),
    "inception_v3": ("InceptionV3", {"pool": average_pool_same}, {}, INCEPTION_SIZES),
    "inception_resnet_v2": ("InceptionResNetV2", {}, {}, INCEPTION_SIZES[:1]),
    "nasnet_mobile": ("NASNetMobile", nasnet, {}, SIZES),
    "nasnet_large": ("NASNetLarge", nasnet, {}, SIZES[:1]),
    "efficientnet_b0": ("EfficientNetB0", padding | keras_norm, {}, SIZES),
}  # fmt: skip

# They take more than 20 seconds, or there is a smaller one by the same builder.
SLOW = {"resnet101", "resnet152", "densenet169", "densenet201", "nasnet_mobile", "nasnet_large"}


def prepare(model):
    """Fills a model, and gives both the form that they can share."""
    fill(model, 3)
    for layer in model.layers:
        for variable in layer.weights:
            if isinstance(layer, layers.Normalization):  # EfficientNet's own, in front
                variable.assign(
                    np.zeros(variable.shape) if variable.name == "mean" else np.ones(variable.shape)
                )
            elif role(variable) == "gamma":  # theirs leaves it out in places
                variable.assign(np.ones(variable.shape))
            elif isinstance(layer, layers.Conv2D) and variable.name == "bias" and followed_by_norm(layer):
                variable.assign(np.zeros(variable.shape))  # theirs keeps it in places


def followed_by_norm(layer):
    consumers = [node.operation for node in layer._outbound_nodes]
    return any(isinstance(consumer, layers.BatchNormalization) for consumer in consumers)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in CASES]
)
def test_equals_keras_applications(name):
    theirs_name, options, their_options, sizes = CASES[name]
    for size in sizes:
        ours = MODELS[name](input_shape=(*size, 3), classes=CLASSES, **options)
        build = getattr(keras.applications, theirs_name)
        theirs = build(
            weights=None,
            classes=CLASSES,
            classifier_activation=None,
            input_shape=(*size, 3),
            **their_options,
        )
        prepare(ours)
        prepare(theirs)
        x = np.random.default_rng(1).standard_normal((2, *size, 3), dtype="float32")
        scale = 255 if any(isinstance(layer, layers.Rescaling) for layer in theirs.layers[:2]) else 1
        expected = np.asarray(theirs(x * scale, training=False))
        assert np.abs(expected[0] - expected[1]).max() > 1e-3 * np.abs(expected).max()  # the input matters
        off = np.abs(np.asarray(ours(x, training=False)) - expected).max() / np.abs(expected).max()
        assert off <= RELATIVE, f"off by {off:.2g} at {size}"
