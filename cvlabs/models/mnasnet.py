"""MnasNet: blocks found by a search that measured latency on a phone.

Reference: Tan et al., "MnasNet: Platform-Aware Neural Architecture Search for Mobile", CVPR 2019, figure 7
(A1) and its first version (B1, without gates).

Deviations:
    The gates of A1 have a quarter of the block's input as bottleneck, as in the authors' code.
"""

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
    relu,
    squeeze_excite,
)
from cvlabs.models.mobilenet_v2 import inverted_residual
from cvlabs.variables import values_last

# Expansion, kernel, filters, number of blocks, stride of the first, gate.
B1 = (
    (1, 3, 16, 1, 1, False),
    (3, 3, 24, 3, 2, False),
    (3, 5, 40, 3, 2, False),
    (6, 5, 80, 3, 2, False),
    (6, 3, 96, 2, 1, False),
    (6, 5, 192, 4, 2, False),
    (6, 3, 320, 1, 1, False),
)
A1 = (
    (1, 3, 16, 1, 1, False),
    (6, 3, 24, 2, 2, False),
    (3, 5, 40, 3, 2, True),
    (6, 3, 80, 4, 2, False),
    (6, 3, 112, 2, 1, True),
    (6, 5, 160, 3, 2, True),
    (6, 3, 320, 1, 1, False),
)


def gate_of(channels: int) -> Block:
    """Returns the gate of a block whose input has so many channels."""

    def gate(x: Tensor, *, name: str) -> Tensor:
        return squeeze_excite(x, max(1, channels // 4), name=name)

    return gate


@values_last
def mnasnet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    stages: tuple[tuple[int, int, int, int, int, bool], ...],
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    dropout_rate: float = 0.2,
    name: str = "mnasnet",
) -> keras.Model:
    """Builds a MnasNet; the variants below say what they change.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        stages: Expansion, kernel, filters, number of blocks, stride, gate or not of each stage.
        conv: Convolution of the whole network.
        depthwise: Depthwise convolution of the whole network.
        norm: Normalization of the whole network.
        dropout_rate: Dropout before the logits.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    bound: dict[str, Any] = {"conv": conv, "depthwise": depthwise, "norm": norm, "activation": relu}
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, 32, 3, strides=2, name="stem_conv")  # 112×112×32
    x = relu(norm(x, name="stem_bn"), name="stem_activation")
    for stage, (expansion, kernel_size, filters, depth, strides, gated) in enumerate(stages, 1):
        for i in range(1, depth + 1):
            channels = x.shape[-1]
            x = inverted_residual(
                x,
                filters,
                expansion * channels,
                strides if i == 1 else 1,
                kernel_size=kernel_size,
                gate=gate_of(channels) if gated else None,
                name=f"stage{stage}_block{i}",
                **bound,
            )
    x = conv(x, 1280, 1, name="final_conv")  # 7×7×1280
    x = relu(norm(x, name="final_bn"), name="final_activation")
    return keras.Model(inputs, gap_head(x, classes, dropout_rate=dropout_rate), name=name)


mnasnet_b1 = partial(mnasnet, stages=B1, name="mnasnet_b1")
"""4,383,312 parameters."""

mnasnet_a1 = partial(mnasnet, stages=A1, name="mnasnet_a1")
"""3,887,038 parameters."""
