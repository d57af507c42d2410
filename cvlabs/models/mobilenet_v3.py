"""MobileNetV3: MobileNetV2's blocks, found by search, with gates and hard swish.

Reference: Howard et al., "Searching for MobileNetV3", ICCV 2019, tables 1 and 2.

Deviations:
    The gates' bottleneck is a quarter of the block's middle, rounded to a multiple of 8, as in the authors'
    code. Normalization has their epsilon of 1e-3, which torchvision and Keras have too; timm's weights were
    trained with 1e-5, for which `norm=partial(mobilenet_norm, epsilon=1e-5)` builds the network.
"""

from functools import partial
from typing import Any

import keras
from keras import layers

from cvlabs.blocks import (
    Block,
    Tensor,
    batch_norm,
    conv2d,
    depthwise_conv2d,
    hard_silu,
    make_divisible,
    relu,
    squeeze_excite,
)
from cvlabs.models.mobilenet_v2 import inverted_residual
from cvlabs.variables import values_last

Row = tuple[int, int, int, bool, Block, int]
# Kernel, expanded, filters, gate, activation, stride: a block; a stage is the blocks of as many filters.
LARGE: tuple[tuple[Row, ...], ...] = (
    ((3, 16, 16, False, relu, 1),),
    ((3, 64, 24, False, relu, 2), (3, 72, 24, False, relu, 1)),
    ((5, 72, 40, True, relu, 2), (5, 120, 40, True, relu, 1), (5, 120, 40, True, relu, 1)),
    (
        (3, 240, 80, False, hard_silu, 2),
        (3, 200, 80, False, hard_silu, 1),
        (3, 184, 80, False, hard_silu, 1),
        (3, 184, 80, False, hard_silu, 1),
    ),
    ((3, 480, 112, True, hard_silu, 1), (3, 672, 112, True, hard_silu, 1)),
    (
        (5, 672, 160, True, hard_silu, 2),
        (5, 960, 160, True, hard_silu, 1),
        (5, 960, 160, True, hard_silu, 1),
    ),
)
SMALL: tuple[tuple[Row, ...], ...] = (
    ((3, 16, 16, True, relu, 2),),
    ((3, 72, 24, False, relu, 2), (3, 88, 24, False, relu, 1)),
    ((5, 96, 40, True, hard_silu, 2), (5, 240, 40, True, hard_silu, 1), (5, 240, 40, True, hard_silu, 1)),
    ((5, 120, 48, True, hard_silu, 1), (5, 144, 48, True, hard_silu, 1)),
    ((5, 288, 96, True, hard_silu, 2), (5, 576, 96, True, hard_silu, 1), (5, 576, 96, True, hard_silu, 1)),
)


mobilenet_norm = partial(batch_norm, epsilon=1e-3, momentum=0.99)
"""Normalization with MobileNetV3's constants."""


def gate(x: Tensor, *, name: str) -> Tensor:
    """Squeeze-and-excitation with a hard sigmoid."""
    return squeeze_excite(x, make_divisible(x.shape[-1] / 4), gate="hard_sigmoid", name=name)


@values_last
def mobilenet_v3(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    stages: tuple[tuple[Row, ...], ...],
    hidden: int,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = mobilenet_norm,
    dropout_rate: float = 0.2,
    name: str = "mobilenet_v3",
) -> keras.Model:
    """Builds a MobileNetV3; the variants below say what they change.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        stages: The blocks: kernel, expanded, filters, gate or not, activation, stride.
        hidden: Width of the dense layer before the logits.
        conv: Convolution of the whole network.
        depthwise: Depthwise convolution of the whole network.
        norm: Normalization of the whole network.
        dropout_rate: Dropout before the logits.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    bound: dict[str, Any] = {"conv": conv, "depthwise": depthwise, "norm": norm}
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, 16, 3, strides=2, name="stem_conv")  # 112×112×16
    x = hard_silu(norm(x, name="stem_bn"), name="stem_activation")
    expanded = 16
    for stage, blocks in enumerate(stages, 1):
        for i, (kernel_size, expanded, filters, gated, activation, strides) in enumerate(blocks, 1):
            x = inverted_residual(
                x,
                filters,
                expanded,
                strides,
                kernel_size=kernel_size,
                activation=activation,
                gate=gate if gated else None,
                name=f"stage{stage}_block{i}",
                **bound,
            )
    x = conv(x, expanded, 1, name="final_conv")  # 7×7×960 or 7×7×576
    x = hard_silu(norm(x, name="final_bn"), name="final_activation")
    x = layers.GlobalAveragePooling2D(name="head_pool")(x)
    x = layers.Dense(hidden, name="head_dense")(x)
    x = layers.Dropout(dropout_rate, name="head_dropout")(hard_silu(x, name="head_activation"))
    return keras.Model(inputs, layers.Dense(classes, name="head_logits")(x), name=name)


mobilenet_v3_large = partial(mobilenet_v3, stages=LARGE, hidden=1280, name="mobilenet_v3_large")
"""5,483,032 parameters."""

mobilenet_v3_small = partial(mobilenet_v3, stages=SMALL, hidden=1024, name="mobilenet_v3_small")
"""2,542,856 parameters."""
