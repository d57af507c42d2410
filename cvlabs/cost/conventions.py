"""What a number means: the conventions under which networks are counted.

A multiply-add is two floating point operations, and papers and tools call one or the other "FLOPs"; some
count biases, normalizations or activations, some do not. None of them is wrong, but a number means nothing
without its convention. The ones that bear a tool's name give its totals for the same network; where a tool
miscounts, the convention is followed, not the mistake.
"""

from collections.abc import Callable
from dataclasses import dataclass

from keras import layers

from cvlabs.cost.memory import inner_bytes
from cvlabs.cost.walk import Call

Count = Callable[[Call], int | None]

_CONVOLUTIONS = (
    layers.Conv1D,
    layers.Conv2D,
    layers.Conv3D,
    layers.Conv1DTranspose,
    layers.Conv2DTranspose,
    layers.Conv3DTranspose,
    layers.DepthwiseConv1D,
    layers.DepthwiseConv2D,
    layers.SeparableConv1D,
    layers.SeparableConv2D,
)
_AVERAGE_POOLS = (
    layers.AdaptiveAveragePooling1D,
    layers.AdaptiveAveragePooling2D,
    layers.AdaptiveAveragePooling3D,
    layers.GlobalAveragePooling1D,
    layers.GlobalAveragePooling2D,
    layers.GlobalAveragePooling3D,
)


@dataclass(frozen=True)
class Convention:
    """A way of counting.

    Args:
        name: Its name in `CONVENTIONS`.
        about: What it counts, in a line.
        unit: What it counts operations in: `"multiply-adds"`, or operations of another sort.
        operations: Operations of one call; `None`: the call is listed, not counted.
        activation_bytes: Memory of its activations; `None` likewise.
        counts_statistics: Whether running statistics count among the parameters.
    """

    name: str
    about: str
    unit: str
    operations: Count
    activation_bytes: Count
    counts_statistics: bool = False


def convention_of(name: str | Convention) -> Convention:
    """Returns a convention by name; one of your own as it is.

    Raises:
        ValueError: There is none of that name.
    """
    if isinstance(name, Convention):
        return name
    if not isinstance(name, str) or name not in CONVENTIONS:
        raise ValueError(f"convention must be one of {', '.join(CONVENTIONS)}, got {name!r}.")
    return CONVENTIONS[name]


def _outputs(call: Call) -> int:
    return sum(tensor.bytes for tensor in call.outputs)


def _macs(call: Call) -> int | None:
    """Convolutions and matrix products, no biases."""
    return call.work.macs or None


def _new_tensors(call: Call) -> int | None:
    """Every tensor that a call makes; images, views and layers that are idle at inference make none."""
    if not call.inputs or call.work.is_view or call.work.is_idle:
        return None
    return _outputs(call) + inner_bytes(call)


def _convolution_outputs(call: Call) -> int | None:
    return _outputs(call) if isinstance(call.layer, _CONVOLUTIONS) else None


def _product_outputs(call: Call) -> int | None:
    return _outputs(call) if call.work.macs else None


def _nothing(call: Call) -> None:
    return None


def _flops(call: Call) -> int | None:
    """Two per multiply-add, one per bias and per other operation on a value."""
    work = call.work
    return 2 * work.macs + work.bias + work.elementwise if call.inputs else None


def _fvcore(call: Call) -> int | None:
    """fvcore's operators that have a handle; it skips additions, ReLU and pooling with a window."""
    layer, size = call.layer, sum(tensor.size for tensor in call.outputs)
    if isinstance(layer, layers.BatchNormalization):
        return size * (2 if layer.scale or layer.center else 1)
    if isinstance(layer, (layers.LayerNormalization, layers.GroupNormalization)):
        return size * (5 if layer.scale or layer.center else 4)
    if isinstance(layer, _AVERAGE_POOLS) or call.name == "head_flatten":
        return sum(tensor.size for tensor in call.inputs)
    if isinstance(layer, layers.UpSampling2D) and layer.interpolation in ("nearest", "bilinear"):
        return size * (1 if layer.interpolation == "nearest" else 4)
    return call.work.macs or None


def _torchinfo(call: Call) -> int | None:
    """torchinfo's modules with parameters: a multiply-add for each use of a weight or bias.

    Normalizations count their parameters once, not once per value.
    """
    if call.work.macs:
        return call.work.macs + call.work.bias
    return call.weights.params_with_shared or None


def _twice_outputs_with_parameters(call: Call) -> int | None:
    return 2 * _outputs(call) if call.weights.params_with_shared else None


CONVENTIONS: dict[str, Convention] = {
    convention.name: convention
    for convention in (
        Convention(
            "lecture",
            "one multiply-add is one operation; no biases; memory of convolution outputs alone",
            "multiply-adds",
            _macs,
            _convolution_outputs,
        ),
        Convention(
            "macs",
            "multiply-adds of convolutions and dense layers, no biases; memory of every tensor made",
            "multiply-adds",
            _macs,
            _new_tensors,
        ),
        Convention(
            "flops",
            "two per multiply-add, one per bias and other operation on a value; memory of every tensor made",
            "operations",
            _flops,
            _new_tensors,
        ),
        Convention(
            "fvcore",
            "as fvcore 0.1.5: multiply-adds, BatchNormalization 2 per value, average pooling to a fixed size "
            "1 per value read; memory of convolution and dense outputs",
            "multiply-adds",
            _fvcore,
            _product_outputs,
        ),
        Convention(
            "torchinfo",
            "as torchinfo 1.8: multiply-adds with biases, normalizations once per parameter; memory of the "
            "outputs of layers with parameters, twice",
            "multiply-adds",
            _torchinfo,
            _twice_outputs_with_parameters,
        ),
        Convention(
            "keras",
            "as Model.summary: all weights, running statistics included; no operations, no activations",
            "operations",
            _nothing,
            _nothing,
            counts_statistics=True,
        ),
    )
}
"""The conventions by name.

`fvcore`: what it calls flops are multiply-adds. cvlabs' AlexNet and VGG flatten the last map as it is, where
torchvision first pools it to the size that it has already; fvcore counts that pooling, so the layer
`head_flatten` counts it here. Gates of squeeze-and-excitation count as torchvision's, which pool adaptively;
timm takes means there, which fvcore skips. Its activations are those of `ActivationCountAnalysis`, in bytes.

`torchinfo`: its memory is what it calls "forward/backward pass size". It counts a dense layer on features of
more axes as if there were one place, and a transposed convolution once per output, whatever its stride:
mistakes, not followed.
"""
