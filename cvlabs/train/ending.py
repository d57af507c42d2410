"""What an output of a network ends in: nothing, a softmax, or another activation.

An activation may be an argument of a layer with weights, a layer of its own, or an operation of `keras.ops`.
"""

from dataclasses import dataclass
from typing import Any

import keras
from keras import layers

from cvlabs.graph import Unrolled

Tensor = Any

_OPERATIONS = {  # by the names of their classes, which Keras does not export
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    "Sparsemax": "sparsemax",
    "Sigmoid": "sigmoid",
    "LogSigmoid": "log_sigmoid",
    "HardSigmoid": "hard_sigmoid",
    "SparseSigmoid": "sparse_sigmoid",
    "Tanh": "tanh",
    "HardTanh": "hard_tanh",
    "Exp": "exponential",
    "Relu": "relu",
    "Relu6": "relu6",
    "LeakyRelu": "leaky_relu",
    "Elu": "elu",
    "Selu": "selu",
    "Gelu": "gelu",
    "Silu": "silu",
    "Softplus": "softplus",
    "Softsign": "softsign",
}
_LAYERS = {
    layers.Softmax: "softmax",
    layers.ReLU: "relu",
    layers.LeakyReLU: "leaky_relu",
    layers.PReLU: "prelu",
    layers.ELU: "elu",
}
_UNCHANGING = ("Identity", "Cast", "StopGradient")  # a layer, and two operations
SOFTMAX = ("softmax", "log_softmax")
"""Activations behind which the logits are told from what they make of them."""


@dataclass(frozen=True)
class Ending:
    """What an output ends in.

    Args:
        layer: Name of the layer or operation that gives it.
        activation: Name of its activation; `None` for none.
        logits: What there is before an activation: `None` if that is part of a layer with weights.
    """

    layer: str
    activation: str | None
    logits: Tensor | None


def ending(graph: Unrolled, output: Tensor) -> Ending | None:
    """Returns what an output ends in; `None` if it is what the network is given.

    Casts and layers that change nothing are looked through: a softmax with a cast behind it is a softmax.

    Args:
        graph: The network.
        output: One of its outputs.
    """
    call = graph.maker(output)
    while call is not None and _changes_nothing(call.layer):
        output = call.inputs[0]
        call = graph.maker(output)
    if call is None:
        return None
    layer, activation = call.layer, _activation(call.layer)
    if activation is None:
        return Ending(layer.name, None, output)
    is_alone = not isinstance(layer, keras.Layer) or isinstance(layer, (layers.Activation, *_LAYERS))
    return Ending(layer.name, activation, call.inputs[0] if is_alone else None)


def no_classifier(name: str, found: Ending) -> ValueError:
    """Returns the error that a network's scores are neither logits nor probabilities.

    Args:
        name: Name of the network.
        found: What it ends in.
    """
    return ValueError(
        f"{name} ends in {found.layer} with activation {found.activation}; a classifier ends in logits or in "
        "softmax."
    )


def _activation(layer: Any) -> str | None:
    """Name of the activation that a layer or an operation is, or ends in."""
    if not isinstance(layer, keras.Layer):
        return _OPERATIONS.get(type(layer).__name__)
    for kind, its_name in _LAYERS.items():
        if isinstance(layer, kind):
            return its_name
    found = getattr(layer, "activation", None)
    if isinstance(found, keras.Layer):
        return _activation(found)
    name = None if found is None else str(getattr(found, "__name__", found))
    return None if name == "linear" else name


def _changes_nothing(layer: Any) -> bool:
    is_linear = isinstance(layer, layers.Activation) and _activation(layer) is None
    return is_linear or type(layer).__name__ in _UNCHANGING
