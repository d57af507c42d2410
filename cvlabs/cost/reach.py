"""How far a value sees: receptive field and stride, passed on from call to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cvlabs.cost.formulas import Window


@dataclass(frozen=True)
class Reach:
    """The part of the image that one value of a tensor depends on.

    Args:
        receptive_field: Its extent along each spatial axis, in pixels, zeros around the image included; the
            largest over all paths. `None`: the whole image, or places that cannot be told, as after global
            pooling, `Flatten` or a gate per channel.
        stride: Image pixels from one value to the next; `None` where there is no next one.
    """

    receptive_field: tuple[int, ...] | None
    stride: tuple[Fraction, ...] | None


def reach_of_input(axes: int) -> Reach:
    """Returns the reach of the image itself: each pixel sees itself."""
    return Reach((1,) * axes, (Fraction(1),) * axes)


def reach_of_output(inputs: Sequence[Reach], window: Window | None) -> Reach:
    """Returns the reach of a call's outputs, given that of its inputs and what one place reads of them."""
    joined = _join(inputs)
    if window is None:
        return joined
    if window.size is None or joined.stride is None or len(window.size) != len(joined.stride):
        return Reach(None, None)
    stride = tuple(s * w for s, w in zip(joined.stride, window.strides, strict=True))
    if joined.receptive_field is None:
        return Reach(None, stride)
    field = tuple(
        f + -int(-((k - 1) * s) // 1)  # rounded up: after an up-sampling steps can be less than a pixel
        for f, k, s in zip(joined.receptive_field, window.size, joined.stride, strict=True)
    )
    return Reach(field, stride)


def _join(inputs: Sequence[Reach]) -> Reach:
    """The largest over all inputs; one that comes from the whole image makes the output see all of it."""
    strides = [reach.stride for reach in inputs if reach.stride]
    stride = max(strides, default=None if not inputs or any(r.stride is None for r in inputs) else ())
    fields = [reach.receptive_field for reach in inputs]
    if not fields or None in fields:
        return Reach(None, stride)
    axes = max(len(field) for field in fields if field is not None)
    places = [field for field in fields if field is not None and len(field) == axes]
    return Reach(tuple(max(sizes) for sizes in zip(*places, strict=True)), stride)
