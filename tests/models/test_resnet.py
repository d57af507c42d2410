"""What the table of facts and the golden files do not cover of ResNet and its like."""

from functools import partial

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.blocks import batch_norm
from cvlabs.checks.weights import fill
from cvlabs.models.resnet import padded, resnet18, resnet34, resnet50
from cvlabs.models.resnet_cifar import resnet_cifar
from cvlabs.models.wide_resnet import wrn_cifar
from cvlabs.variables import abstract
from tests.models.counting import counts
from tests.models.counting import macs as macs_of

RELATIVE = 1e-4


# Trainable parameters, BatchNormalization statistics, and millions of multiply-adds. Option B has 1×1
# convolutions of 64·128, 128·256, 256·512 weights more, their norms, and the multiply-adds of the former.
@pytest.mark.parametrize(
    ("builder", "params", "statistics", "macs"),
    [(resnet18, 11_689_512, 9_600, 1814.073344), (resnet34, 21_797_672, 17_024, 3663.761408)],
)
def test_option_a_lacks_the_projections_of_option_b(builder, params, statistics, macs):
    steps = {28: (64, 128), 14: (128, 256), 7: (256, 512)}
    kernels = sum(inputs * outputs for inputs, outputs in steps.values())
    norms = 2 * sum(outputs for _, outputs in steps.values())
    products = sum(size**2 * inputs * outputs for size, (inputs, outputs) in steps.items())
    with abstract():
        option_b, option_a = builder(), builder(shortcut=padded)
    assert (counts(option_b), macs_of(option_b)) == ((params, statistics), round(macs * 1e6))
    assert counts(option_a) == (params - kernels - norms, statistics - norms)
    assert macs_of(option_a) == round(macs * 1e6) - products


@pytest.mark.parametrize("size", [(64, 96), (75, 75)])
def test_equals_keras_applications_with_biases_folded_into_the_means(size):
    theirs = keras.applications.ResNet50(
        weights=None, classes=10, classifier_activation=None, input_shape=(*size, 3)
    )
    ours = resnet50((*size, 3), 10, norm=partial(batch_norm, epsilon=1.001e-5))
    randomize(theirs)
    left = {layer.name for layer in ours.layers if layer.weights}
    for layer in theirs.layers:
        if isinstance(layer, layers.Conv2D):
            name, norm = ours_names(layer.name)
            ours.get_layer(name).set_weights(layer.get_weights()[:1])
            gamma, beta, mean, variance = theirs.get_layer(layer.name.replace("_conv", "_bn")).get_weights()
            ours.get_layer(norm).set_weights([gamma, beta, mean - layer.get_weights()[1], variance])
            left -= {name, norm}
    ours.get_layer("head_logits").set_weights(theirs.layers[-1].get_weights())
    assert left == {"head_logits"}
    x = np.random.default_rng(1).standard_normal((2, *size, 3), dtype="float32")
    expected = np.asarray(theirs(x, training=False))
    off = np.abs(np.asarray(ours(x, training=False)) - expected).max() / np.abs(expected).max()
    assert off <= RELATIVE, f"off by {off:.2g}"


def randomize(model):
    """Gives every variable values of its own; `fill` gives equal ones to equal shapes."""
    fill(model, 3)
    rng = np.random.default_rng(4)
    for variable in model.weights:
        variable.assign(variable.numpy() * rng.uniform(0.8, 1.2, variable.shape))


def ours_names(theirs):
    """Takes `"conv3_block1_0_conv"` to the names of our convolution and of the norm behind it."""
    if theirs == "conv1_conv":
        return "stem_conv", "stem_bn"
    stage, block, number, _ = theirs.split("_")
    prefix = f"stage{stage.removeprefix('conv')}_{block}"
    if number == "0":
        return f"{prefix}_shortcut", f"{prefix}_shortcut_bn"
    return f"{prefix}_conv{number}", f"{prefix}_bn{number}"


@pytest.mark.parametrize("depth", [2, 8.5, 21, -4])
def test_depths_that_cannot_be_are_refused(depth):
    with pytest.raises(ValueError, match=rf"depth must be 6n \+ 2 .*got {depth}"):
        resnet_cifar(depth=depth)
    with pytest.raises(ValueError, match=rf"depth must be 6n \+ 4 .*got {depth}"):
        wrn_cifar(depth=depth, width=1)
