"""Parameters and multiply-adds of a model, from its shapes alone."""

import math

from keras import layers


def counts(model):
    """Returns trainable parameters and BatchNormalization statistics."""
    trainable = sum(math.prod(v.shape) for v in model.trainable_variables)
    statistics = sum(
        math.prod(v.shape) for layer in model.layers for v in layer.weights if v.name.startswith("moving")
    )
    return trainable, statistics


def macs(model):
    """Returns the multiply-adds of convolutions and dense layers, biases not counted."""
    return sum(_macs(layer) for layer in model.layers)


def _macs(layer):
    if isinstance(layer, layers.Dense):
        return math.prod(layer.kernel.shape) * math.prod(layer.output.shape[1:-1])
    if isinstance(layer, layers.DepthwiseConv2D):
        return math.prod(layer.kernel_size) * math.prod(layer.output.shape[1:])
    if isinstance(layer, layers.Conv2D):
        return math.prod(layer.kernel.shape) * math.prod(layer.output.shape[1:-1])
    assert not any(v.name == "kernel" for v in layer.weights), f"{layer.name}: {type(layer)} is not counted"
    return 0
