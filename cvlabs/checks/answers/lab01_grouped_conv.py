"""Lab 1, a convolution in groups: the right answer and the misconceptions."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import keras
from keras import layers, ops

from cvlabs.checks.answers.answer import Answer

Tensor: TypeAlias = keras.KerasTensor


def _slices(x: Tensor, groups: int) -> list[Tensor]:
    width = x.shape[-1] // groups
    return [x[..., i * width : (i + 1) * width] for i in range(groups)]


def _join(parts: Sequence[Tensor]) -> Tensor:
    return parts[0] if len(parts) == 1 else layers.Concatenate()(parts)


def _convolved(parts: Sequence[Tensor], filters: int, kernel_size: int, **options: Any) -> list[Tensor]:
    settings = {"padding": "same"} | options
    return [layers.Conv2D(filters // len(parts), kernel_size, **settings)(part) for part in parts]


def grouped_conv(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """A convolution for each group of channels, and their outputs side by side."""
    return _join(_convolved(_slices(x, groups), filters, kernel_size))


def ungrouped(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """This is an ordinary convolution. A filter should see the channels of its group only."""
    return layers.Conv2D(filters, kernel_size, padding="same")(x)


def groups_of_all_channels(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Each of your convolutions reads all the channels. Cut the input as well."""
    return _join(_convolved([x] * groups, filters, kernel_size))


def groups_with_all_filters(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Each of your groups makes all the filters. Together they should make that many."""
    return _join(_convolved(_slices(x, groups), filters * groups, kernel_size))


def groups_added(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """You added the groups up. In the output they follow one another along the channel axis."""
    return sum(_convolved(_slices(x, groups), filters * groups, kernel_size))


def shared_group(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """One and the same layer serves all your groups. Each group learns a kernel of its own."""
    conv = layers.Conv2D(filters // groups, kernel_size, padding="same")
    return _join([conv(part) for part in _slices(x, groups)])


def interleaved_groups(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Each of your groups takes every n-th channel. A group is a block of neighbouring channels."""
    return _join(_convolved([x[..., i::groups] for i in range(groups)], filters, kernel_size))


def overlapping_groups(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Your blocks overlap: each begins one channel after the one before. Where does a block end, so that the
    next one can begin there?
    """
    width = x.shape[-1] // groups
    return _join(_convolved([x[..., i : i + width] for i in range(groups)], filters, kernel_size))


def groups_as_wide_as_their_outputs(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Your blocks are as wide as the outputs of a group. What is cut into blocks are the channels of `x`, and
    there may be more of them or fewer.
    """
    width = filters // groups
    parts = [x[..., i * width : (i + 1) * width] for i in range(groups)]
    return _join(_convolved(parts, filters, kernel_size))


def shuffled_groups(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """The channels of your groups alternate in the output. They should follow one another, group by group."""
    y = ops.stack(_convolved(_slices(x, groups), filters, kernel_size), axis=-1)
    return ops.reshape(y, (-1, *y.shape[1:3], filters))


def groups_from_the_last(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Your groups are in reverse order in the output. The first one should read the first channels."""
    return _join(_convolved(_slices(x, groups)[::-1], filters, kernel_size))


def first_group_everywhere(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """All your groups read the first slice. Where does the second one begin?"""
    return _join(_convolved(_slices(x, groups)[:1] * groups, filters, kernel_size))


def groups_without_padding(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Your map shrinks. Which padding keeps its size?"""
    return _join(_convolved(_slices(x, groups), filters, kernel_size, padding="valid"))


def groups_without_biases(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Your convolutions have no biases."""
    return _join(_convolved(_slices(x, groups), filters, kernel_size, use_bias=False))


def groups_with_relu(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """You added a ReLU. The function is the convolution alone; what follows is added outside."""
    return _join(_convolved(_slices(x, groups), filters, kernel_size, activation="relu"))


def always_two_groups(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Your layer has two groups whatever the argument says."""
    return grouped_conv(x, filters, kernel_size, 2)


def groups_of_3x3(x: Tensor, filters: int, kernel_size: int, groups: int) -> Tensor:
    """Your kernels are 3×3 whatever kernel_size says."""
    return grouped_conv(x, filters, 3, groups)


ANSWER = Answer(
    grouped_conv,
    (
        ungrouped,
        groups_of_all_channels,
        groups_with_all_filters,
        groups_added,
        shared_group,
        interleaved_groups,
        overlapping_groups,
        groups_as_wide_as_their_outputs,
        shuffled_groups,
        groups_from_the_last,
        first_group_everywhere,
        groups_without_padding,
        groups_without_biases,
        groups_with_relu,
        always_two_groups,
        groups_of_3x3,
    ),
)
