"""Formulas of normalizations, as they stand at inference."""

from keras import layers

from cvlabs.cost.formulas.work import WHOLE, Shapes, Work, along, cost_of, values
from cvlabs.layers import LocalResponseNormalization


@cost_of.register
def batch_normalization(layer: layers.BatchNormalization, inputs: Shapes, outputs: Shapes) -> Work:
    """A factor and a summand per channel, into which the running statistics fold."""
    return Work(elementwise=2 * values(*outputs), keeps_inputs=True)


@cost_of.register
def layer_normalization(layer: layers.LayerNormalization, inputs: Shapes, outputs: Shapes) -> Work:
    """Mean, difference, square, sum and division; then scale and centre."""
    per_value = 5 + bool(layer.scale) + bool(layer.center)
    window = along(layer.axis, inputs[0])
    return Work(elementwise=per_value * values(*outputs), window=window, keeps_inputs=True)


@cost_of.register
def group_normalization(layer: layers.GroupNormalization, inputs: Shapes, outputs: Shapes) -> Work:
    """As layer normalization, over all places of a group of channels."""
    per_value = 5 + bool(layer.scale) + bool(layer.center)
    return Work(elementwise=per_value * values(*outputs), window=WHOLE, keeps_inputs=True)


@cost_of.register
def rms_normalization(layer: layers.RMSNormalization, inputs: Shapes, outputs: Shapes) -> Work:
    """Square, sum, division and scale."""
    window = along(layer.axis, inputs[0])
    return Work(elementwise=4 * values(*outputs), window=window, keeps_inputs=True)


@cost_of.register
def unit_normalization(layer: layers.UnitNormalization, inputs: Shapes, outputs: Shapes) -> Work:
    """Square, sum and division."""
    window = along(layer.axis, inputs[0])
    return Work(elementwise=3 * values(*outputs), window=window, keeps_inputs=True)


@cost_of.register
def local_response_normalization(layer: LocalResponseNormalization, inputs: Shapes, outputs: Shapes) -> Work:
    """The square, the sum over a window of channels, factor, summand, power and product.

    The layer sums by a product with a band matrix; what counts here is what its definition demands.
    """
    per_value = 5 + 2 * layer.depth_radius
    return Work(elementwise=per_value * values(*outputs), keeps_inputs=True)


@cost_of.register
def rescaling(layer: layers.Rescaling | layers.Normalization, inputs: Shapes, outputs: Shapes) -> Work:
    """A factor and a summand."""
    return Work(elementwise=2 * values(*outputs))
