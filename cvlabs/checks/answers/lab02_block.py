"""Lab 2, the stage of VGG: the right answer and the misconceptions."""

from collections.abc import Callable
from typing import TypeAlias

import keras
from keras import layers

from cvlabs.checks.answers.answer import Answer
from cvlabs.models.vgg import conv_relu

Tensor: TypeAlias = keras.KerasTensor


def vgg_block(x: Tensor, filters: int, convs: int) -> Tensor:
    """3×3 convolutions with ReLU, then max pooling."""
    for i in range(convs):
        x = conv_relu(x, filters, 3, name=f"conv{i + 1}")
    return layers.MaxPooling2D(2)(x)


def _conv(x: Tensor, filters: int, kernel_size: int = 3, **options: object) -> Tensor:
    settings: dict[str, object] = {"padding": "same", "activation": "relu"}
    return layers.Conv2D(filters, kernel_size, **(settings | options))(x)


def _block(
    x: Tensor,
    filters: int,
    convs: int,
    *,
    kernel_size: int = 3,
    pool: Callable[[Tensor], Tensor] | None = None,
    **options: object,
) -> Tensor:
    """The block with one thing changed; `options` are those of every convolution."""
    for _ in range(convs):
        x = _conv(x, filters, kernel_size, **options)
    return (pool or layers.MaxPooling2D(2))(x)


def block_without_relu(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your convolutions are linear. Without a ReLU between them, two small kernels are only one larger
    one.
    """
    return _block(x, filters, convs, activation=None)


def block_with_a_linear_end(x: Tensor, filters: int, convs: int) -> Tensor:
    """The last convolution of your block has no ReLU. Every convolution of VGG has one."""
    for i in range(convs):
        x = _conv(x, filters, activation="relu" if i < convs - 1 else None)
    return layers.MaxPooling2D(2)(x)


def block_with_one_relu(x: Tensor, filters: int, convs: int) -> Tensor:
    """Only the last convolution of your block has a ReLU. Without one between them, two small kernels are
    only one larger one.
    """
    for i in range(convs):
        x = _conv(x, filters, activation="relu" if i == convs - 1 else None)
    return layers.MaxPooling2D(2)(x)


def block_without_biases(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your convolutions have no biases. VGG has no batch normalization that would replace them."""
    return _block(x, filters, convs, use_bias=False)


def block_that_normalizes(x: Tensor, filters: int, convs: int) -> Tensor:
    """You normalize the batch. VGG was published half a year before batch normalization."""
    for _ in range(convs):
        x = layers.ReLU()(layers.BatchNormalization()(_conv(x, filters, activation=None)))
    return layers.MaxPooling2D(2)(x)


def block_without_padding(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your convolutions make the map smaller at the border. Only the pooling should change its size."""
    return _block(x, filters, convs, padding="valid")


def block_without_pooling(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your block has no pooling at its end: the map keeps its size."""
    return _block(x, filters, convs, pool=lambda x: x)


def block_that_averages(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your pooling averages. It should keep the largest value of each window."""
    return _block(x, filters, convs, pool=layers.AveragePooling2D(2))


def block_with_a_pool_that_rounds_up(x: Tensor, filters: int, convs: int) -> Tensor:
    """On odd sizes your pooling pads the map and rounds up. It should use whole windows only."""
    return _block(x, filters, convs, pool=layers.MaxPooling2D(2, padding="same"))


def block_with_a_3x3_pool(x: Tensor, filters: int, convs: int) -> Tensor:
    """The windows of your pooling overlap, as AlexNet's do. VGG's are as wide as their stride."""
    return _block(x, filters, convs, pool=layers.MaxPooling2D(3, strides=2))


def block_with_a_padded_3x3_pool(x: Tensor, filters: int, convs: int) -> Tensor:
    """The windows of your pooling overlap and reach over the border. VGG's are as wide as their stride."""
    return _block(x, filters, convs, pool=layers.MaxPooling2D(3, strides=2, padding="same"))


def block_with_a_pool_of_stride_1(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your pooling moves by one step. It halves the map, so how far must it move?"""
    return _block(x, filters, convs, pool=layers.MaxPooling2D(2, strides=1))


def block_that_strides(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your block keeps every second value of the map. A pooling keeps the largest value of each window, and
    VGG's convolutions all have stride 1.
    """
    for i in range(convs):
        x = _conv(x, filters, strides=2 if i == convs - 1 else 1)
    return x


def block_that_pools_each_time(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your block pools after every convolution. It should do so once, at its end."""
    for _ in range(convs):
        x = layers.MaxPooling2D(2, padding="same")(_conv(x, filters))
    return x


def block_that_pools_first(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your pooling comes before the convolutions. They should work on the larger map."""
    x = layers.MaxPooling2D(2)(x)
    for _ in range(convs):
        x = _conv(x, filters)
    return x


def block_of_one_convolution(x: Tensor, filters: int, convs: int) -> Tensor:
    """Only one convolution is on the path to the output of your block; `convs` says how many there should be.
    Does each turn of the loop read what the turn before produced, and does `return` come after the loop?
    """
    return _block(x, filters, 1)


def block_of_two_convolutions(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your block always has two convolutions. `convs` says how many there are."""
    return _block(x, filters, 2)


def block_with_one_too_many(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your block has one convolution too many. The first one, which changes the channels, counts too."""
    return _block(x, filters, convs + 1)


def block_with_one_too_few(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your block has one convolution too few."""
    return _block(x, filters, convs - 1)


def block_of_5x5(x: Tensor, filters: int, convs: int) -> Tensor:
    """Your kernels are 5×5. The first part of the lab shows what VGG uses in their place."""
    return _block(x, filters, convs, kernel_size=5)


def block_that_ends_in_1x1(x: Tensor, filters: int, convs: int) -> Tensor:
    """The last kernel of your block is 1×1. The paper's configuration C has that; ours has 3×3 only."""
    for i in range(convs):
        x = _conv(x, filters, 1 if i == 2 else 3)
    return layers.MaxPooling2D(2)(x)


def block_that_doubles(x: Tensor, filters: int, convs: int) -> Tensor:
    """The filters of your block double from layer to layer. Within a stage they stay the same."""
    for i in range(convs):
        x = _conv(x, filters * 2**i)
    return layers.MaxPooling2D(2)(x)


ANSWER = Answer(
    vgg_block,
    (
        block_without_relu,
        block_with_a_linear_end,
        block_with_one_relu,
        block_without_biases,
        block_that_normalizes,
        block_without_padding,
        block_without_pooling,
        block_that_averages,
        block_with_a_pool_that_rounds_up,
        block_with_a_3x3_pool,
        block_with_a_padded_3x3_pool,
        block_with_a_pool_of_stride_1,
        block_that_strides,
        block_that_pools_each_time,
        block_that_pools_first,
        block_of_one_convolution,
        block_of_two_convolutions,
        block_with_one_too_many,
        block_with_one_too_few,
        block_of_5x5,
        block_that_ends_in_1x1,
        block_that_doubles,
    ),
)
