"""Formulas of layers that join, move, repeat or drop values."""

from fractions import Fraction
from typing import TypeAlias

from keras import layers

from cvlabs.cost.formulas.work import WHOLE, Shapes, Window, Work, cost_of, values
from cvlabs.layers import ChannelShuffle, ChannelSlice, PaddedShortcut

_Sum: TypeAlias = layers.Add | layers.Subtract | layers.Average
_Choice: TypeAlias = layers.Multiply | layers.Maximum | layers.Minimum
_Padding: TypeAlias = layers.ZeroPadding1D | layers.ZeroPadding2D | layers.ZeroPadding3D
_Cropping: TypeAlias = (
    layers.Cropping1D | layers.Cropping2D | layers.Cropping3D | layers.CenterCrop | layers.RandomCrop
)
_Dropout: TypeAlias = (
    layers.Dropout
    | layers.SpatialDropout1D
    | layers.SpatialDropout2D
    | layers.SpatialDropout3D
    | layers.AlphaDropout
    | layers.GaussianDropout
    | layers.GaussianNoise
)
_Augmentation: TypeAlias = (
    layers.AugMix
    | layers.CutMix
    | layers.MixUp
    | layers.RandAugment
    | layers.RandomBrightness
    | layers.RandomColorDegeneration
    | layers.RandomColorJitter
    | layers.RandomContrast
    | layers.RandomElasticTransform
    | layers.RandomErasing
    | layers.RandomFlip
    | layers.RandomGaussianBlur
    | layers.RandomGrayscale
    | layers.RandomHue
    | layers.RandomInvert
    | layers.RandomPerspective
    | layers.RandomPosterization
    | layers.RandomRotation
    | layers.RandomSaturation
    | layers.RandomSharpness
    | layers.RandomShear
    | layers.RandomTranslation
    | layers.RandomZoom
)


@cost_of.register
def inputs_(layer: layers.InputLayer, inputs: Shapes, outputs: Shapes) -> Work:
    """Images come from outside."""
    return Work()


@cost_of.register
def sum_(layer: _Sum, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per value and further input; the gradient needs none of them."""
    return Work(elementwise=(len(inputs) - 1) * values(*outputs))


@cost_of.register
def choice(layer: _Choice, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per value and further input."""
    return Work(elementwise=(len(inputs) - 1) * values(*outputs), keeps_inputs=True)


@cost_of.register
def moved(
    layer: layers.Concatenate | ChannelShuffle | ChannelSlice | _Padding | _Cropping,
    inputs: Shapes,
    outputs: Shapes,
) -> Work:
    """Values are copied to other places; a place sees what it saw."""
    return Work()


@cost_of.register
def padded_shortcut(layer: PaddedShortcut, inputs: Shapes, outputs: Shapes) -> Work:
    """Every `strides`-th place is copied."""
    return Work(window=Window((1, 1), (Fraction(layer.strides),) * 2))


@cost_of.register
def reshaped(layer: layers.Flatten | layers.Reshape, inputs: Shapes, outputs: Shapes) -> Work:
    """The same memory under another shape, in which places cannot be told."""
    return Work(is_view=True, window=WHOLE)


@cost_of.register
def rearranged(layer: layers.Permute | layers.RepeatVector, inputs: Shapes, outputs: Shapes) -> Work:
    """Values are copied, and places cannot be told any more."""
    return Work(window=WHOLE)


@cost_of.register
def up_sampling(
    layer: layers.UpSampling1D | layers.UpSampling2D | layers.UpSampling3D, inputs: Shapes, outputs: Shapes
) -> Work:
    """Copies; or blends the nearest values, two along each axis (bilinear) or four, an operation each."""
    size = layer.size if isinstance(layer.size, tuple) else (layer.size,)
    mode = getattr(layer, "interpolation", "nearest")
    reads = {"nearest": 1, "bilinear": 2}.get(mode, 4)
    return Work(
        elementwise=0 if mode == "nearest" else reads ** len(size) * values(*outputs),
        window=Window((reads,) * len(size), tuple(Fraction(1, factor) for factor in size)),
    )


@cost_of.register
def resizing(layer: layers.Resizing, inputs: Shapes, outputs: Shapes) -> Work:
    """As up-sampling, to a size that need not be a multiple: strides cannot be told."""
    return Work(
        elementwise=0 if layer.interpolation == "nearest" else 4 * values(*outputs),
        window=WHOLE,
    )


@cost_of.register
def dropout(layer: _Dropout, inputs: Shapes, outputs: Shapes) -> Work:
    """Does nothing at inference; its gradient needs to know which values stayed."""
    return Work(is_idle=True, keeps_outputs=True)


@cost_of.register
def identity(
    layer: layers.Identity | layers.ActivityRegularization | _Augmentation,
    inputs: Shapes,
    outputs: Shapes,
) -> Work:
    """Passes its input on; augmentation works in training alone, where no gradient goes through it."""
    return Work(is_idle=True)


@cost_of.register
def pipeline(layer: layers.Pipeline, inputs: Shapes, outputs: Shapes) -> Work:
    """What its layers do one after the other, as in `cvlabs.preprocessing`; strides are not told."""
    shape, done, inner = inputs[0], [], 0
    for part in layer.layers:
        made = tuple(part.compute_output_shape((None, *shape))[1:])
        done.append(cost_of(part, [shape], [made]))
        inner += values(made)
        shape = made
    return Work(
        macs=sum(work.macs for work in done),
        bias=sum(work.bias for work in done),
        elementwise=sum(work.elementwise for work in done),
        inner=inner - values(shape),
        window=None if all(work.window is None for work in done) else WHOLE,
    )
