"""Formulas of activation functions, as layers and inside of layers."""

from typing import Any

from keras import layers

from cvlabs.cost.formulas.work import Shapes, Window, Work, along, cost_of, values

FROM_OUTPUT = ("elu", "exponential", "leaky_relu", "relu", "relu6", "selu", "sigmoid", "softmax", "tanh")
"""Functions whose gradient is computed from their output; the others' need their input."""


def activated(
    layer: Any, outputs: Shapes, *, macs: int, inner: int = 0, window: Window | None = None
) -> Work:
    """Returns the work of a layer with a kernel, its bias and its activation.

    Where the activation's gradient needs its input, that is a tensor inside the layer.
    """
    size = values(*outputs)
    name = _name(layer.activation)
    has_activation = name != "linear"
    return Work(
        macs=macs,
        bias=size if getattr(layer, "use_bias", True) else 0,
        elementwise=operations(layer.activation, size),
        inner=inner + (size if has_activation and name not in FROM_OUTPUT else 0),
        window=window,
        keeps_inputs=True,
        keeps_outputs=has_activation and name in FROM_OUTPUT,
    )


def operations(activation: Any, size: int) -> int:
    """Operations of an activation function on `size` values: three each for softmax, one for any other."""
    name = _name(activation)
    if name == "linear":
        return 0
    return size * (3 if name in ("softmax", "log_softmax") else 1)


def _name(activation: Any) -> str:
    return "linear" if activation is None else getattr(activation, "__name__", type(activation).__name__)


@cost_of.register
def activation(layer: layers.Activation, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per value, softmax three."""
    name = _name(layer.activation)
    if name == "linear":
        return Work(is_view=True)
    from_output = name in FROM_OUTPUT
    return Work(
        elementwise=operations(layer.activation, values(*outputs)),
        keeps_inputs=not from_output,
        keeps_outputs=from_output,
    )


@cost_of.register
def relu(layer: layers.ReLU | layers.LeakyReLU | layers.ELU, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per value; its sign is in the output."""
    return Work(elementwise=values(*outputs), keeps_outputs=True)


@cost_of.register
def prelu(layer: layers.PReLU, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per value; the slope's gradient needs the input."""
    return Work(elementwise=values(*outputs), keeps_inputs=True)


@cost_of.register
def softmax(layer: layers.Softmax, inputs: Shapes, outputs: Shapes) -> Work:
    """Exponential, sum and division."""
    window = along(layer.axis, inputs[0])
    return Work(elementwise=3 * values(*outputs), window=window, keeps_outputs=True)
