"""What one call of a layer does, and the table from layer classes to the formulas that tell."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from typing import Any

Shape = tuple[int, ...]
Shapes = Sequence[Shape]


@dataclass(frozen=True)
class Window:
    """Which places of its input one place of a layer's output reads.

    Args:
        size: Extent along each spatial axis, holes of a dilation included; `None`: all of the input.
        strides: Steps between neighbouring windows; a fraction where the layer enlarges the map.
    """

    size: tuple[int, ...] | None
    strides: tuple[Fraction, ...] = ()


WHOLE = Window(None)
"""Every output value depends on the whole input, or on places that cannot be told."""


@dataclass(frozen=True)
class Work:
    """What one call of a layer does for one image. Conventions decide which of it they count.

    Args:
        macs: Multiply-adds of convolutions and matrix products, biases not counted.
        bias: Additions of biases.
        elementwise: Other operations on values: one per addition, multiplication, comparison or function.
        inner: Values of tensors that are made inside the layer, besides its outputs.
        window: What one output position reads; `None`: the same position.
        keeps_inputs: Whether the gradient reads the inputs, which must then be kept until the backward pass.
        keeps_outputs: Whether it reads the outputs.
        is_view: Whether the output is the input's memory under another shape.
        is_idle: Whether the layer does nothing at inference, like dropout.
    """

    macs: int = 0
    bias: int = 0
    elementwise: int = 0
    inner: int = 0
    window: Window | None = None
    keeps_inputs: bool = False
    keeps_outputs: bool = False
    is_view: bool = False
    is_idle: bool = False


def values(*shapes: Shape) -> int:
    """Returns the number of values in tensors of these shapes."""
    return sum(math.prod(shape) for shape in shapes)


def along(axes: Any, shape: Shape) -> Window | None:
    """Returns the window of what joins values along axes, the batch's among them: none for channels alone."""
    listed = list(axes) if isinstance(axes, list | tuple) else [axes]
    return None if listed in ([-1], [len(shape)]) else WHOLE


@singledispatch
def cost_of(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Tells what one call of a layer does; `@cost_of.register` adds the formula of a class.

    A class without a formula of its own takes that of the nearest class that it inherits from.

    Args:
        layer: A Keras layer, or an operation of `keras.ops`.
        inputs: Shapes of the tensors that it is called with, for one image, without the batch axis.
        outputs: Shapes of the tensors that it returns.

    Raises:
        ValueError: No formula is known for the class.

    Example:
        >>> import keras
        >>> class Doubling(keras.layers.Layer):
        ...     def call(self, x):
        ...         return 2 * x
        >>> @cost_of.register
        ... def _(layer: Doubling, inputs, outputs):
        ...     return Work(elementwise=values(*outputs))
        >>> cost_of(Doubling(), [(8, 8, 3)], [(8, 8, 3)]).elementwise
        192
    """
    cls = type(layer)
    raise ValueError(
        f"{layer.name}: no formula is known for {cls.__module__.split('.')[0]}.{cls.__name__}, so its cost "
        "would be missing from every sum. Register one: @cvlabs.cost.cost_of.register on a function "
        f"(layer: {cls.__name__}, inputs, outputs) that returns a cvlabs.cost.Work; "
        "`help(cvlabs.cost.cost_of)` has an example."
    )
