"""Formulas of convolutions and of other layers that multiply by a matrix."""

import math
import re
from fractions import Fraction
from typing import Any

import keras
from keras import layers

from cvlabs.cost.formulas.activations import activated
from cvlabs.cost.formulas.work import WHOLE, Shape, Shapes, Window, Work, cost_of, values


def positions(layer: Any, shape: Shape) -> int:
    """Returns the number of places in a map, channels left out."""
    return math.prod(shape[:-1] if layer.data_format == "channels_last" else shape[1:])


def channels(layer: Any, shape: Shape) -> int:
    """Returns the channels of a map."""
    return shape[-1] if layer.data_format == "channels_last" else shape[0]


def window(layer: Any) -> Window:
    """Returns what a convolution's kernel covers, holes included."""
    size = tuple((k - 1) * d + 1 for k, d in zip(layer.kernel_size, layer.dilation_rate, strict=True))
    return Window(size, tuple(map(Fraction, layer.strides)))


@cost_of.register
def convolution(
    layer: layers.Conv1D | layers.Conv2D | layers.Conv3D, inputs: Shapes, outputs: Shapes
) -> Work:
    """Each output value reads a window of the channels of its group. Padding counts as input."""
    reads = math.prod(layer.kernel_size) * (channels(layer, inputs[0]) // layer.groups)
    return activated(layer, outputs, macs=reads * values(*outputs), window=window(layer))


@cost_of.register
def depthwise(
    layer: layers.DepthwiseConv1D | layers.DepthwiseConv2D, inputs: Shapes, outputs: Shapes
) -> Work:
    """Each output value reads a window of one channel."""
    return activated(
        layer, outputs, macs=math.prod(layer.kernel_size) * values(*outputs), window=window(layer)
    )


@cost_of.register
def separable(
    layer: layers.SeparableConv1D | layers.SeparableConv2D, inputs: Shapes, outputs: Shapes
) -> Work:
    """A depthwise convolution, then one of size 1 over its channels."""
    inner = positions(layer, outputs[0]) * channels(layer, inputs[0]) * layer.depth_multiplier
    macs = inner * (math.prod(layer.kernel_size) + layer.filters)
    return activated(layer, outputs, macs=macs, inner=inner, window=window(layer))


@cost_of.register
def transposed(
    layer: layers.Conv1DTranspose | layers.Conv2DTranspose | layers.Conv3DTranspose,
    inputs: Shapes,
    outputs: Shapes,
) -> Work:
    """Each input value spreads over a window of every filter, whatever the stride. Cropped edges count."""
    kernel = window(layer)
    strides = tuple(int(stride) for stride in kernel.strides)
    reads = tuple(-(-k // s) for k, s in zip(kernel.size or (), strides, strict=True))
    macs = values(inputs[0]) * math.prod(layer.kernel_size) * layer.filters
    return activated(
        layer, outputs, macs=macs, window=Window(reads, tuple(Fraction(1, stride) for stride in strides))
    )


@cost_of.register
def dense(layer: layers.Dense, inputs: Shapes, outputs: Shapes) -> Work:
    """Each output value reads the last axis of the input, at every place of the other axes."""
    return activated(layer, outputs, macs=inputs[0][-1] * values(*outputs))


@cost_of.register
def einsum_dense(layer: layers.EinsumDense, inputs: Shapes, outputs: Shapes) -> Work:
    """Each output value sums over those of the kernel's axes that are not in the output."""
    left, kernel, right = re.split(",|->", layer.equation)
    sizes = {k: size for k, size in zip(kernel, layer.kernel.shape, strict=True) if k not in right}
    window = None if set(sizes) <= {left[-1]} else WHOLE
    work = activated(layer, outputs, macs=math.prod(sizes.values()) * values(*outputs), window=window)
    return work if layer.bias_axes else Work(**(vars(work) | {"bias": 0}))


@cost_of.register
def embedding(layer: layers.Embedding, inputs: Shapes, outputs: Shapes) -> Work:
    """Rows are looked up; nothing is multiplied."""
    return Work(keeps_inputs=True)


@cost_of.register
def reversible_embedding(layer: layers.ReversibleEmbedding, inputs: Shapes, outputs: Shapes) -> Work:
    """As an embedding; called with `reverse=True`, as a dense layer without a bias."""
    is_lookup = len(outputs[0]) > len(inputs[0])
    return Work(macs=0 if is_lookup else inputs[0][-1] * values(*outputs), keeps_inputs=True)


@cost_of.register
def dot(layer: layers.Dot, inputs: Shapes, outputs: Shapes) -> Work:
    """Each output value sums over the shared axis."""
    axis = layer.axes if isinstance(layer.axes, int) else layer.axes[0]
    shared = inputs[0][axis - 1 if axis > 0 else axis]
    return Work(macs=shared * values(*outputs), window=WHOLE, keeps_inputs=True)


@cost_of.register
def time_distributed(layer: layers.TimeDistributed, inputs: Shapes, outputs: Shapes) -> Work:
    """The wrapped layer once per step.

    Raises:
        ValueError: It wraps a model, whose layers do not add up to one row.
    """
    steps = inputs[0][0]
    if isinstance(layer.layer, keras.Model):
        raise ValueError(
            f"{layer.name}: TimeDistributed calls the model {layer.layer.name!r} at each of {steps} steps; "
            "only single layers are counted so. Count that model alone, with "
            f"cvlabs.cost(model.get_layer({layer.name!r}).layer), and take its multiply-adds {steps} times."
        )
    once = cost_of(layer.layer, [shape[1:] for shape in inputs], [shape[1:] for shape in outputs])
    counts = {name: steps * getattr(once, name) for name in ("macs", "bias", "elementwise", "inner")}
    return Work(**(vars(once) | counts | {"window": _at_each_step(once.window)}))


def _at_each_step(window: Window | None) -> Window | None:
    """Returns a window of a map as one of a sequence of maps, with an axis for the steps in front."""
    if window is None or window.size is None:
        return window
    return Window((1, *window.size), (Fraction(1), *window.strides))
