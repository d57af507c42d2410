"""Lab 4, the block without a shortcut: the right answer and the misconceptions."""

from collections.abc import Sequence
from typing import Any

from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.checks.answers.lab04_conv_bn_relu import conv_as_without_norm, conv_bn_relu, conv_norm

Tensor = Any  # a symbolic Keras tensor


def plain_block(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Two 3×3 convolutions with normalization and ReLU, the first of them strided."""
    return conv_bn_relu(conv_bn_relu(x, filters, 3, strides), filters, 3)


def _block(
    x: Tensor,
    filters: int,
    strides: Sequence[int],
    relus: Sequence[bool] = (True, True),
    kernel_size: int = 3,
) -> Tensor:
    for step, relu in zip(strides, relus, strict=True):
        x = (conv_bn_relu if relu else conv_norm)(x, filters, kernel_size, step)
    return x


def block_without_last_relu(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """The ReLU at the end of your block is missing."""
    return _block(x, filters, (strides, 1), (True, False))


def block_without_first_relu(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """There is no ReLU between your convolutions. Two linear layers are as good as one."""
    return _block(x, filters, (strides, 1), (False, True))


def block_without_relus(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your block has no ReLU at all: each convolution is followed by normalization and a ReLU."""
    return _block(x, filters, (strides, 1), (False, False))


def block_with_a_late_stride(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your second convolution has the stride. The first one has it, so that both work on a small map."""
    return _block(x, filters, (1, strides))


def block_with_two_strides(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Both of your convolutions have the stride, so the map shrinks twice."""
    return _block(x, filters, (strides, strides))


def block_without_stride(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your block keeps the size of the map, whatever `strides` says."""
    return _block(x, filters, (1, 1))


def block_with_a_pooling(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """You make the map smaller by a pooling. The first convolution has the stride."""
    x = layers.MaxPooling2D(strides, padding="same")(x) if strides > 1 else x
    return _block(x, filters, (1, 1))


def block_with_a_shortcut(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your plain block adds its input. It should be plain: the shortcut comes in the next exercise."""
    y = _block(x, filters, (strides, 1), (True, False))
    return layers.ReLU()(layers.Add()([x if x.shape == y.shape else conv_norm(x, filters, 1, strides), y]))


def block_of_one_convolution(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Only one convolution lies on the path to the output of your block. Does each step read what the step
    before produced?
    """
    return conv_bn_relu(x, filters, 3, strides)


def block_of_three_convolutions(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your block has three convolutions. A block has two."""
    return _block(x, filters, (strides, 1, 1), (True, True, True))


def block_with_biases(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your convolutions have biases. The normalization after each of them removes the bias again."""
    for step in (strides, 1):
        x = layers.ReLU()(conv_norm(x, filters, 3, step, use_bias=True))
    return x


def block_without_norm(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your convolutions have biases and no normalization. Use your function conv_bn_relu."""
    return conv_as_without_norm(conv_as_without_norm(x, filters, 3, strides), filters, 3)


def block_with_one_norm(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Only your second convolution is normalized. Each of them is."""
    x = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False, activation="relu")(x)
    return conv_bn_relu(x, filters, 3)


def block_of_5x5(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your kernels are 5×5. What did lab 2 say about kernels larger than 3×3?"""
    return _block(x, filters, (strides, 1), kernel_size=5)


def block_that_ends_in_1x1(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Your second kernel is 1×1. Both are 3×3."""
    return conv_bn_relu(conv_bn_relu(x, filters, 3, strides), filters, 1)


ANSWER = Answer(
    plain_block,
    (
        block_without_last_relu,
        block_without_first_relu,
        block_without_relus,
        block_with_a_late_stride,
        block_with_two_strides,
        block_without_stride,
        block_with_a_pooling,
        block_with_a_shortcut,
        block_of_one_convolution,
        block_of_three_convolutions,
        block_with_biases,
        block_without_norm,
        block_with_one_norm,
        block_of_5x5,
        block_that_ends_in_1x1,
    ),
)
