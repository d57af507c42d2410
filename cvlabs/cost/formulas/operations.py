"""Formulas of `keras.ops`, as they stand as nodes of a functional model.

The classes of these operations have no public names. An operation that is in none of the lists is an error,
as an unknown layer is. Shapes of constants, such as a kernel in an array, come among the inputs as they are.
"""

import math
import re
from fractions import Fraction
from typing import Any

from keras.src.activations import activations
from keras.src.ops import core, image, nn, numpy

from cvlabs.cost.formulas.work import WHOLE, Shapes, Window, Work, along, cost_of, values


def map_(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per value, of functions whose gradient needs the inputs."""
    return Work(elementwise=values(*outputs), keeps_inputs=True)


def without_gradient(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per value, whose gradient needs nothing, or of which there is none."""
    return Work(elementwise=values(*outputs))


def from_output(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """An activation whose gradient is computed from its output."""
    return Work(elementwise=values(*outputs), keeps_outputs=True)


def softmax(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Exponential, sum and division."""
    window = along(layer.axis, inputs[0])
    return Work(elementwise=3 * values(*outputs), window=window, keeps_outputs=True)


def reduction(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Reads every value once; over channels alone a place sees what it saw."""
    return Work(elementwise=values(*inputs), window=along(layer.axis, inputs[0]), keeps_inputs=True)


def copy(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Values are copied to other places."""
    return Work()


def view(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """The same memory under another shape."""
    return Work(is_view=True, window=WHOLE)


def move(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Values are copied, and places cannot be told unless the map keeps its size."""
    kept = len(inputs[0]) > 1 and all(shape[:-1] == inputs[0][:-1] for shape in outputs)
    return Work(window=None if kept and type(layer) in (numpy.GetItem, numpy.Split) else WHOLE)


def cast(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Another type of number; the gradient needs nothing."""
    return Work()


def same(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Passes its input on."""
    return Work(is_view=True)


def matmul(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Each output value sums over the shared axis, which may be one of places."""
    return Work(macs=inputs[0][-1] * values(*outputs), window=WHOLE, keeps_inputs=True)


def einsum(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """One multiply-add for each combination of the labels of two operands."""
    sides = re.split(",|->", layer.subscripts.replace(" ", ""))
    if len(sides) != 3 or "." in layer.subscripts:
        raise ValueError(
            f"{layer.name}: {layer.subscripts!r} is counted only with two operands, '->' and no ellipsis; "
            "write it as keras.ops.matmul, or register a formula with @cvlabs.cost.cost_of.register."
        )
    sizes: dict[str, int] = {}
    for labels, shape in zip(sides[:2], inputs, strict=True):
        sizes |= zip(labels[len(labels) - len(shape) :], shape, strict=True)
    return Work(macs=math.prod(sizes.values()), window=WHOLE, keeps_inputs=True)


def convolution(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """As the layer; the kernel is the second input: window, channels of a group, filters."""
    *size, channels, _filters = inputs[1]
    return Work(
        macs=math.prod(size) * channels * values(*outputs), window=_kernel(layer, size), keeps_inputs=True
    )


def depthwise(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """As the layer; the kernel is the second input."""
    size = inputs[1][:-2]
    return Work(macs=math.prod(size) * values(*outputs), window=_kernel(layer, size), keeps_inputs=True)


def _kernel(layer: Any, size: Any) -> Window:
    holes = _each(layer.dilation_rate, len(size))
    return Window(
        tuple((k - 1) * d + 1 for k, d in zip(size, holes, strict=True)),
        tuple(map(Fraction, _each(layer.strides, len(size)))),
    )


def _each(number: Any, axes: int) -> tuple[int, ...]:
    return (number,) * axes if isinstance(number, int) else tuple(number)


def pooling(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation for every value that a window reads."""
    size = _each(layer.pool_size, len(inputs[0]) - 1)
    strides = _each(layer.strides or size, len(size))
    keeps = isinstance(layer, nn.MaxPool)
    return Work(
        elementwise=math.prod(size) * values(*outputs),
        window=Window(size, tuple(map(Fraction, strides))),
        keeps_inputs=keeps,
        keeps_outputs=keeps,
    )


def resize(layer: Any, inputs: Shapes, outputs: Shapes) -> Work:
    """Copies, or blends four values."""
    return Work(
        elementwise=0 if layer.interpolation == "nearest" else 4 * values(*outputs),
        window=WHOLE,
    )


def _classes(module: Any, names: str) -> list[type]:
    return [getattr(module, name) for name in names.split()]


_FORMULAS = {
    map_: [
        *_classes(
            numpy, "Absolute Ceil Clip Cos Divide DivideNoNan Exp Expm1 Floor Log Log1p Maximum Minimum"
        ),
        *_classes(numpy, "Multiply Negative Power Reciprocal Round Sign Sin Sqrt Square Tanh TrueDivide"),
        *_classes(nn, "Celu Gelu HardSigmoid HardSilu LogSigmoid Silu Softplus Softsign"),
        activations.Mish,
    ],
    without_gradient: [
        *_classes(numpy, "Add Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalNot LogicalOr"),
        *_classes(numpy, "NotEqual Subtract Where"),
    ],
    from_output: [*_classes(nn, "Elu LeakyRelu Relu Relu6 Selu Sigmoid"), activations.ReLU],
    softmax: [nn.Softmax, nn.LogSoftmax],
    reduction: _classes(numpy, "Amax Amin Argmax Argmin Max Mean Min Prod Sum"),
    copy: _classes(numpy, "Concatenate Copy Flip Pad"),
    view: _classes(numpy, "ExpandDims Ravel Reshape Squeeze"),
    move: _classes(
        numpy, "BroadcastTo GetItem Moveaxis Repeat Roll Split Stack Swapaxes Take Tile Transpose"
    ),
    cast: [core.Cast],
    same: [core.StopGradient],
    matmul: [numpy.Matmul],
    einsum: [numpy.Einsum],
    convolution: [nn.Conv],
    depthwise: [nn.DepthwiseConv],
    pooling: [nn.MaxPool, nn.AveragePool],
    resize: [image.Resize],
}
for formula, classes in _FORMULAS.items():
    for cls in classes:
        cost_of.register(cls, formula)
