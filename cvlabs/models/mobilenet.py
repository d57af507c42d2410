"""MobileNet: convolutions factored into one per channel and one across channels.

Reference: Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
Applications", arXiv 2017, table 1; the width multiplier alpha: section 3.3; the resolution multiplier is the
input size.

Deviations:
    ReLU6 in place of ReLU, as in the authors' code.
    The last block has stride 1 in its depthwise convolution; the paper's table prints 2, which its sizes
    refute. The logits come from a dense layer without dropout.
"""

import keras

from cvlabs.blocks import (
    Block,
    Tensor,
    batch_norm,
    conv2d,
    depthwise_conv2d,
    gap_head,
    make_divisible,
    relu6,
)
from cvlabs.variables import values_last

# Filters and number of blocks of each stage; all but the first start with stride 2.
STAGES = ((64, 1), (128, 2), (256, 2), (512, 6), (1024, 2))


def separable_block(
    x: Tensor,
    filters: int,
    strides: int,
    *,
    conv: Block,
    depthwise: Block,
    norm: Block,
    activation: Block,
    name: str,
) -> Tensor:
    """A depthwise convolution 3×3 and a pointwise one, each normalized and activated."""
    x = depthwise(x, 3, strides=strides, name=f"{name}_depthwise")
    x = activation(norm(x, name=f"{name}_depthwise_bn"), name=f"{name}_depthwise_relu")
    x = conv(x, filters, 1, name=f"{name}_pointwise")
    return activation(norm(x, name=f"{name}_pointwise_bn"), name=f"{name}_pointwise_relu")


@values_last
def mobilenet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    alpha: float = 1.0,
    stages: tuple[tuple[int, int], ...] = STAGES,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    activation: Block = relu6,
    name: str = "mobilenet",
) -> keras.Model:
    """Builds a MobileNet: 4,231,976 parameters with `alpha=1`.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        alpha: Width multiplier; widths are rounded to multiples of 8.
        stages: Filters and number of blocks of each stage.
        conv: Convolution of the whole network.
        depthwise: Depthwise convolution, `depthwise(x, kernel_size, strides=, name=)`.
        norm: Normalization of the whole network.
        activation: Activation of the whole network.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, make_divisible(32 * alpha), 3, strides=2, name="stem_conv")  # 112×112×32
    x = activation(norm(x, name="stem_bn"), name="stem_relu")
    for stage, (filters, depth) in enumerate(stages, 1):
        for i in range(1, depth + 1):
            x = separable_block(
                x,
                make_divisible(filters * alpha),
                strides=2 if stage > 1 and i == 1 else 1,
                conv=conv,
                depthwise=depthwise,
                norm=norm,
                activation=activation,
                name=f"stage{stage}_block{i}",
            )
    return keras.Model(inputs, gap_head(x, classes), name=name)
