"""EfficientNet: one searched network, scaled in depth, width and resolution together.

Reference: Tan, Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019,
table 1 and section 3.3.

Deviations: none. Padding and normalization are those of torchvision's weights.
"""

import math
from functools import partial
from typing import Any

import keras

from cvlabs.blocks import (
    Block,
    Tensor,
    batch_norm,
    conv2d,
    depthwise_conv2d,
    gap_head,
    make_divisible,
    silu,
    squeeze_excite,
)
from cvlabs.models.mobilenet_v2 import inverted_residual
from cvlabs.variables import values_last

# Expansion, kernel, stride of the first block, filters, number of blocks: table 1.
STAGES = (
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)


def gate_of(channels: int) -> Block:
    """Returns the gate of a block whose input has so many channels."""

    def gate(x: Tensor, *, name: str) -> Tensor:
        return squeeze_excite(x, max(1, channels // 4), activation="silu", name=name)

    return gate


@values_last
def efficientnet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    width: float = 1.0,
    depth: float = 1.0,
    stages: tuple[tuple[int, int, int, int, int], ...] = STAGES,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    dropout_rate: float = 0.2,
    drop_rate: float = 0.2,
    name: str = "efficientnet",
) -> keras.Model:
    """Builds an EfficientNet; the variants below say how it is scaled.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        width: Factor of all widths, which are rounded to multiples of 8.
        depth: Factor of the number of blocks, rounded up.
        stages: Expansion, kernel, stride, filters, number of blocks of each stage.
        conv: Convolution of the whole network.
        depthwise: Depthwise convolution of the whole network.
        norm: Normalization of the whole network.
        dropout_rate: Dropout before the logits.
        drop_rate: Stochastic depth of the last block; it grows from 0 over the blocks.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    bound: dict[str, Any] = {"conv": conv, "depthwise": depthwise, "norm": norm, "activation": silu}
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, make_divisible(32 * width), 3, strides=2, name="stem_conv")  # 112×112×32
    x = silu(norm(x, name="stem_bn"), name="stem_activation")
    depths = [math.ceil(number * depth) for *_, number in stages]
    before = 0
    for stage, (expansion, kernel_size, strides, filters, _) in enumerate(stages, 1):
        for i in range(1, depths[stage - 1] + 1):
            channels = x.shape[-1]
            x = inverted_residual(
                x,
                make_divisible(filters * width),
                make_divisible(channels * expansion),
                strides if i == 1 else 1,
                kernel_size=kernel_size,
                gate=gate_of(channels),
                drop_rate=drop_rate * before / sum(depths),
                name=f"stage{stage}_block{i}",
                **bound,
            )
            before += 1
    x = conv(x, make_divisible(1280 * width), 1, name="final_conv")  # 7×7×1280
    x = silu(norm(x, name="final_bn"), name="final_activation")
    return keras.Model(inputs, gap_head(x, classes, dropout_rate=dropout_rate), name=name)


_large_norm = partial(batch_norm, epsilon=1e-3, momentum=0.99)


def _scaled(name: str, size: int, width: float, depth: float, dropout_rate: float, norm: Block) -> Block:
    return partial(
        efficientnet,
        input_shape=(size, size, 3),
        width=width,
        depth=depth,
        dropout_rate=dropout_rate,
        norm=norm,
        name=name,
    )


efficientnet_b0 = _scaled("efficientnet_b0", 224, 1.0, 1.0, 0.2, batch_norm)
"""5,288,548 parameters."""

efficientnet_b1 = _scaled("efficientnet_b1", 240, 1.0, 1.1, 0.2, batch_norm)
"""7,794,184 parameters."""

efficientnet_b2 = _scaled("efficientnet_b2", 260, 1.1, 1.2, 0.3, batch_norm)
"""9,109,994 parameters."""

efficientnet_b3 = _scaled("efficientnet_b3", 300, 1.2, 1.4, 0.3, batch_norm)
"""12,233,232 parameters."""

efficientnet_b4 = _scaled("efficientnet_b4", 380, 1.4, 1.8, 0.4, batch_norm)
"""19,341,616 parameters."""

efficientnet_b5 = _scaled("efficientnet_b5", 456, 1.6, 2.2, 0.4, _large_norm)
"""30,389,784 parameters."""

efficientnet_b6 = _scaled("efficientnet_b6", 528, 1.8, 2.6, 0.5, _large_norm)
"""43,040,704 parameters."""

efficientnet_b7 = _scaled("efficientnet_b7", 600, 2.0, 3.1, 0.5, _large_norm)
"""66,347,960 parameters."""
