"""Residual branches that start as nothing, so that a deep network starts as a shallow one.

Reference: Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, section 5.1.
"""

from typing import Any

import keras
import numpy as np
from keras import layers

from cvlabs.graph import Unrolled, unroll

Tensor = Any


def last_normalizations(model: keras.Model) -> list[keras.layers.BatchNormalization]:
    """Returns the last normalization of each residual branch.

    A branch ends in an addition. It is the longer of the two ways there; the shorter one is the shortcut,
    which may have a normalization, too. Between the normalization and the addition there may be a gate that
    multiplies, as in SENet.

    Args:
        model: A functional or built Sequential model. Branches that end in something else, such as a
            convolution in networks with pre-activation, are passed over.
    """
    graph = unroll(model)
    depth = {id(x): 0 for x in graph.inputs}
    found = []
    for call in graph.calls:
        for output in call.outputs:
            depth[id(output)] = 1 + max(depth[id(x)] for x in call.inputs)
        if isinstance(call.layer, layers.Add) and len(call.inputs) == 2:
            branch = max(call.inputs, key=lambda x: depth[id(x)])
            layer = _normalization(graph, branch, depth)
            if layer is not None:
                found.append(layer)
    return found


def zero_residual_branches(model: keras.Model) -> int:
    """Sets the scale of the last normalization of each residual branch to 0; returns how many there are."""
    found = [layer for layer in last_normalizations(model) if layer.scale]
    for layer in found:
        layer.gamma.assign(np.zeros(layer.gamma.shape, "float32"))
    return len(found)


def _normalization(
    graph: Unrolled, tensor: Tensor, depth: dict[int, int]
) -> keras.layers.BatchNormalization | None:
    call = graph.maker(tensor)
    if call is not None and isinstance(call.layer, layers.BatchNormalization):
        return call.layer
    if call is not None and isinstance(call.layer, layers.Multiply):  # features, and a gate made from them
        return _normalization(graph, min(call.inputs, key=lambda x: depth[id(x)]), depth)
    return None
