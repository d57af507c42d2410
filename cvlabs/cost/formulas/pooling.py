"""Formulas of poolings: one operation for every value that a window reads."""

import math
from fractions import Fraction
from typing import Any, TypeAlias

from keras import layers

from cvlabs.cost.formulas.work import WHOLE, Shapes, Window, Work, cost_of, values

_Max: TypeAlias = layers.MaxPooling1D | layers.MaxPooling2D | layers.MaxPooling3D
_Average: TypeAlias = layers.AveragePooling1D | layers.AveragePooling2D | layers.AveragePooling3D
_GlobalMax: TypeAlias = layers.GlobalMaxPooling1D | layers.GlobalMaxPooling2D | layers.GlobalMaxPooling3D
_GlobalAverage: TypeAlias = (
    layers.GlobalAveragePooling1D | layers.GlobalAveragePooling2D | layers.GlobalAveragePooling3D
)
_AdaptiveMax: TypeAlias = (
    layers.AdaptiveMaxPooling1D | layers.AdaptiveMaxPooling2D | layers.AdaptiveMaxPooling3D
)
_AdaptiveAverage: TypeAlias = (
    layers.AdaptiveAveragePooling1D | layers.AdaptiveAveragePooling2D | layers.AdaptiveAveragePooling3D
)


def _pooling(layer: Any, outputs: Shapes, keeps: bool) -> Work:
    return Work(
        elementwise=math.prod(layer.pool_size) * values(*outputs),
        window=Window(tuple(layer.pool_size), tuple(map(Fraction, layer.strides))),
        keeps_inputs=keeps,
        keeps_outputs=keeps,
    )


@cost_of.register
def max_pooling(layer: _Max, inputs: Shapes, outputs: Shapes) -> Work:
    """The gradient looks for the maximum again, in the input."""
    return _pooling(layer, outputs, keeps=True)


@cost_of.register
def average_pooling(layer: _Average, inputs: Shapes, outputs: Shapes) -> Work:
    """The gradient needs the shapes alone."""
    return _pooling(layer, outputs, keeps=False)


@cost_of.register
def global_max_pooling(layer: _GlobalMax, inputs: Shapes, outputs: Shapes) -> Work:
    """Reads every value once."""
    return Work(elementwise=values(*inputs), window=WHOLE, keeps_inputs=True, keeps_outputs=True)


@cost_of.register
def global_average_pooling(layer: _GlobalAverage, inputs: Shapes, outputs: Shapes) -> Work:
    """Reads every value once."""
    return Work(elementwise=values(*inputs), window=WHOLE)


@cost_of.register
def adaptive_average_pooling(layer: _AdaptiveAverage, inputs: Shapes, outputs: Shapes) -> Work:
    """Reads every value about once; windows of changing size, so the field is not told."""
    return Work(elementwise=values(*inputs), window=WHOLE)


@cost_of.register
def adaptive_max_pooling(layer: _AdaptiveMax, inputs: Shapes, outputs: Shapes) -> Work:
    """As adaptive average pooling."""
    return Work(elementwise=values(*inputs), window=WHOLE, keeps_inputs=True, keeps_outputs=True)
