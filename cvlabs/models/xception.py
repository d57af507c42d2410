"""Xception: Inception's idea to the extreme, channels and space apart in every convolution.

Reference: Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", CVPR 2017, figure 5.

Deviations:
    No dropout before the logits unless asked for. Padding is torch's; Keras' weights take
    `depthwise=depthwise_conv2d_same`, `pool=max_pool_same` and an epsilon of 1e-3.
"""

from typing import Any

import keras
from keras import layers

from cvlabs.blocks import (
    Block,
    Tensor,
    batch_norm,
    conv2d,
    conv2d_valid,
    depthwise_conv2d,
    gap_head,
    relu,
)
from cvlabs.layers import SymmetricMaxPooling2D
from cvlabs.variables import values_last

ENTRY = (128, 256, 728)


def max_pool(x: Tensor, *, name: str) -> Tensor:
    """Max pooling 3×3/2 of values that may be negative."""
    return SymmetricMaxPooling2D(3, 2, name=name)(x)


def separable_conv(
    x: Tensor, filters: int, *, conv: Block, depthwise: Block, norm: Block, name: str
) -> Tensor:
    """A depthwise 3×3 and a pointwise convolution with nothing between, then normalization."""
    x = depthwise(x, 3, name=f"{name}_depthwise")
    return norm(conv(x, filters, 1, name=f"{name}_pointwise"), name=f"{name}_bn")


def xception_block(
    x: Tensor,
    widths: tuple[int, ...],
    strides: int,
    *,
    start_with_relu: bool = True,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    pool: Block = max_pool,
    name: str,
) -> Tensor:
    """Separable convolutions, each after a ReLU, a pooling where it strides, and the input added.

    Args:
        x: Features N×H×W×C.
        widths: Filters of each separable convolution.
        strides: 2 halves the size.
        start_with_relu: Whether the first convolution has a ReLU before it.
        conv: Convolution, `conv(x, filters, kernel_size, strides=, name=)`.
        depthwise: Depthwise convolution, `depthwise(x, kernel_size, name=)`.
        norm: Normalization, `norm(x, name=)`.
        pool: Max pooling with stride 2, `pool(x, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H/strides×W/strides×widths[-1].
    """
    y = x
    for i, filters in enumerate(widths, 1):
        if i > 1 or start_with_relu:
            y = relu(y, name=f"{name}_relu{i}")
        y = separable_conv(y, filters, conv=conv, depthwise=depthwise, norm=norm, name=f"{name}_conv{i}")
    if strides > 1:
        y = pool(y, name=f"{name}_pool")
    if x.shape != y.shape:
        x = conv(x, widths[-1], 1, strides=strides, name=f"{name}_shortcut")
        x = norm(x, name=f"{name}_shortcut_bn")
    return layers.Add(name=f"{name}_add")([x, y])


@values_last
def xception(
    input_shape: tuple[int, int, int] = (299, 299, 3),
    classes: int = 1000,
    *,
    entry: tuple[int, ...] = ENTRY,
    middle: int = 8,
    final: tuple[int, int] = (1536, 2048),
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    pool: Block = max_pool,
    dropout_rate: float = 0.0,
    name: str = "xception",
) -> keras.Model:
    """Builds an Xception: 22,855,952 parameters.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        entry: Widths of the entry flow's blocks; the middle flow has the last.
        middle: Number of blocks in the middle flow.
        final: Widths of the last two separable convolutions.
        conv: Convolution of the blocks.
        depthwise: Depthwise convolution of the whole network.
        norm: Normalization of the whole network.
        pool: Max pooling with stride 2.
        dropout_rate: Dropout before the logits.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    separable: dict[str, Any] = {"conv": conv, "depthwise": depthwise, "norm": norm}
    bound: dict[str, Any] = separable | {"pool": pool}
    inputs = keras.Input(input_shape, name="image")
    x = conv2d_valid(inputs, 32, 3, strides=2, name="stem_conv1")  # 149×149×32
    x = relu(norm(x, name="stem_bn1"), name="stem_relu1")
    x = conv2d_valid(x, 64, 3, name="stem_conv2")  # 147×147×64
    x = relu(norm(x, name="stem_bn2"), name="stem_relu2")
    for i, width in enumerate(entry, 1):
        x = xception_block(
            x, (width, width), 2, start_with_relu=i > 1, name=f"block{i}", **bound
        )  # 74, 37, 19
    for i in range(len(entry) + 1, len(entry) + middle + 1):
        x = xception_block(x, (entry[-1],) * 3, 1, name=f"block{i}", **bound)  # 19×19×728
    widths = (entry[-1], final[0] * 2 // 3)
    x = xception_block(x, widths, 2, name=f"block{len(entry) + middle + 1}", **bound)  # 10×10×1024
    for i, width in enumerate(final, 1):
        x = separable_conv(x, width, name=f"final_conv{i}", **separable)
        x = relu(x, name=f"final_relu{i}")  # 10×10×2048
    return keras.Model(inputs, gap_head(x, classes, dropout_rate=dropout_rate), name=name)
