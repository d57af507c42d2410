"""Lab 4, the bottleneck block: the right answer and the misconceptions."""

from collections.abc import Sequence
from typing import Any

from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab04_conv_bn_relu import conv_bn_relu, conv_norm
from cvlabs.checks.answers.lab04_residual_block import residual_block as basic
from cvlabs.checks.answers.lab04_residual_block import shortcut
from cvlabs.models.resnet import bottleneck_block as reference

Tensor = Any  # a symbolic Keras tensor
KERNELS = (1, 3, 1)


def bottleneck_block(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """1×1 down, 3×3, 1×1 up to four times the filters, and the input added."""
    return reference(x, filters, strides, name="block")


def _residual(
    x: Tensor,
    widths: Sequence[int],
    strides: Sequence[int],
    *,
    kernels: Sequence[int] = KERNELS,
    relus: Sequence[bool] = (True, True, False),
    use_bias: bool = False,
) -> Tensor:
    """The three convolutions, with something changed."""
    for width, kernel, step, relu in zip(widths, kernels, strides, relus, strict=True):
        x = conv_norm(x, width, kernel, step, use_bias=use_bias)
        x = layers.ReLU()(x) if relu else x
    return x


def _joined(x: Tensor, y: Tensor, strides: int) -> Tensor:
    return layers.ReLU()(layers.Add()([shortcut(x, y, strides), y]))


def bottleneck_that_forgets_to_expand(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The output of your block has `filters` channels. The last convolution makes four times as many."""
    return _joined(x, _residual(x, (filters,) * 3, (strides, 1, 1)), strides)


def bottleneck_that_counts_the_output(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You take `filters` for the channels of the output. They are those of the two narrow convolutions; the
    output has four times as many.
    """
    narrow = filters // 4
    return _joined(x, _residual(x, (narrow, narrow, filters), (strides, 1, 1)), strides)


def bottleneck_that_doubles(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your last convolution has twice the filters. The expansion is four."""
    return _joined(x, _residual(x, (filters, filters, 2 * filters), (strides, 1, 1)), strides)


def bottleneck_that_is_wide(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """All your convolutions are wide. The 3×3 is cheap only where it is narrow."""
    return _joined(x, _residual(x, (4 * filters,) * 3, (strides, 1, 1)), strides)


def bottleneck_with_a_late_stride(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your first convolution works on the large map, and the stride comes later. Newer code has it in the 3×3
    ("v1.5"); the paper and this lab have it in the first 1×1.
    """
    return _joined(x, _residual(x, (filters, filters, 4 * filters), (1, strides, 1)), strides)


def _right(x: Tensor, filters: int, strides: int, **changed: Any) -> Tensor:
    """The three convolutions as they should be, but for what is changed."""
    return _residual(x, (filters, filters, 4 * filters), (strides, 1, 1), **changed)


def bottleneck_without_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Nothing is added in your block."""
    return layers.ReLU()(_right(x, filters, strides))


def bottleneck_without_last_relu(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The ReLU after the addition is missing."""
    y = _right(x, filters, strides)
    return layers.Add()([shortcut(x, y, strides), y])


def bottleneck_with_relu_before_the_addition(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your last ReLU comes before the addition. Then the block can only add and never subtract."""
    y = layers.ReLU()(_right(x, filters, strides))
    return layers.Add()([shortcut(x, y, strides), y])


def bottleneck_with_two_relus_at_the_end(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """There is a ReLU before the addition as well as after it. The last convolution has none of its own."""
    return _joined(x, layers.ReLU()(_right(x, filters, strides)), strides)


def bottleneck_without_second_relu(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """One ReLU is missing: look at what the last convolution reads."""
    return _joined(x, _right(x, filters, strides, relus=(True, False, False)), strides)


def bottleneck_without_first_relu(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """One ReLU is missing: look at what the 3×3 convolution reads."""
    return _joined(x, _right(x, filters, strides, relus=(False, True, False)), strides)


def bottleneck_with_a_bare_projection(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The convolution in your shortcut has no batch normalization. Every convolution of ResNet has one."""
    y = _right(x, filters, strides)
    if x.shape != y.shape:
        x = layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x)
    return _joined(x, y, 1)


def bottleneck_with_a_relu_in_the_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your projection ends in a ReLU. The shortcut is linear: it should change as little as possible."""
    y = _right(x, filters, strides)
    return _joined(_shortcut_with_relu(x, y, strides), y, 1)


def _shortcut_with_relu(x: Tensor, y: Tensor, strides: int) -> Tensor:
    return x if x.shape == y.shape else conv_bn_relu(x, y.shape[-1], 1, strides)


def bottleneck_with_a_relu_on_the_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You apply a ReLU to what the shortcut brings, even where the input is added as it is. The shortcut is
    linear: it should change as little as possible.
    """
    y = _right(x, filters, strides)
    return _joined(layers.ReLU()(shortcut(x, y, strides)), y, 1)


def bottleneck_of_conv_bn_relus(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You used conv_bn_relu for every convolution. The last one on the main path and the one in the shortcut
    have no ReLU of their own: after them, the only ReLU comes after the addition.
    """
    return layers.ReLU()(bottleneck_of_conv_bn_relus_alone(x, filters, strides))


def bottleneck_of_conv_bn_relus_alone(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You used conv_bn_relu for every convolution, and nothing follows the addition. The last convolution on
    the main path and the one in the shortcut have no ReLU of their own: after them, the only ReLU comes after
    the addition.
    """
    y = layers.ReLU()(_right(x, filters, strides))
    return layers.Add()([_shortcut_with_relu(x, y, strides), y])


def bottleneck_that_adds_the_path_to_itself(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You add the output of the last convolution to itself, not to the block's input. Did you overwrite `x`?
    The addition needs the input once more.
    """
    y = _right(x, filters, strides)
    return _joined(y, y, 1)


def bottleneck_that_always_projects(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You project where the input already fits. There it is added as it is, and that is the point of the
    block.
    """
    y = _right(x, filters, strides)
    return _joined(conv_norm(x, 4 * filters, 1, strides), y, 1)


def bottleneck_with_biases(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your convolutions have biases. The normalization after each of them removes the bias again."""
    y = _right(x, filters, strides, use_bias=True)
    return _joined(x if x.shape == y.shape else conv_norm(x, 4 * filters, 1, strides, use_bias=True), y, 1)


def bottleneck_of_3x3(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """All your kernels are 3×3. Only the middle one should be; the other two are 1×1."""
    return _joined(x, _right(x, filters, strides, kernels=(3, 3, 3)), strides)


def bottleneck_of_1x1(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """All your kernels are 1×1. None of them would see a neighbour; which one should?"""
    return _joined(x, _right(x, filters, strides, kernels=(1, 1, 1)), strides)


def bottleneck_of_the_basic_block(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """This is the residual block of the first networks, with two convolutions 3×3."""
    return basic(x, filters, strides)


def bottleneck_that_only_widens(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The first convolution is missing in your block: a 1×1 makes the input narrow."""
    widths = (filters, 4 * filters)
    return _joined(x, _residual(x, widths, (strides, 1), kernels=(3, 1), relus=(True, False)), strides)


ANSWER = Answer(
    bottleneck_block,
    (
        bottleneck_that_forgets_to_expand,
        bottleneck_that_counts_the_output,
        bottleneck_that_doubles,
        bottleneck_that_is_wide,
        bottleneck_with_a_late_stride,
        bottleneck_without_shortcut,
        bottleneck_without_last_relu,
        bottleneck_with_relu_before_the_addition,
        bottleneck_with_two_relus_at_the_end,
        bottleneck_without_second_relu,
        bottleneck_without_first_relu,
        bottleneck_with_a_bare_projection,
        bottleneck_of_conv_bn_relus,
        bottleneck_of_conv_bn_relus_alone,
        bottleneck_with_a_relu_in_the_shortcut,
        bottleneck_with_a_relu_on_the_shortcut,
        bottleneck_that_adds_the_path_to_itself,
        bottleneck_that_always_projects,
        bottleneck_with_biases,
        bottleneck_of_3x3,
        bottleneck_of_1x1,
        bottleneck_of_the_basic_block,
        bottleneck_that_only_widens,
    ),
)
