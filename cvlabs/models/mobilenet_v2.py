"""MobileNetV2: residual blocks turned inside out, wide in the middle and linear at the ends.

Reference: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, table 2 and
figure 4 (d).

Deviations:
    Dropout 0.2 before the logits, as in the published weights' training.
"""

import keras
from keras import layers

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

# Expansion, filters, number of blocks, stride of the first: t, c, n, s in table 2.
STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def inverted_residual(
    x: Tensor,
    filters: int,
    expanded: int,
    strides: int,
    *,
    kernel_size: int = 3,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    activation: Block = relu6,
    gate: Block | None = None,
    drop_rate: float = 0.0,
    name: str,
) -> Tensor:
    """1×1 up, depthwise, 1×1 down without activation, and the input added where shapes allow.

    MobileNetV3, MnasNet and EfficientNet are built from it too.

    Args:
        x: Features N×H×W×C.
        filters: Channels of the output.
        expanded: Channels in the middle; there is no expansion where they equal C.
        strides: Stride of the depthwise convolution.
        kernel_size: Kernel of the depthwise convolution.
        conv: Convolution, `conv(x, filters, kernel_size, name=)`.
        depthwise: Depthwise convolution, `depthwise(x, kernel_size, strides=, name=)`.
        norm: Normalization, `norm(x, name=)`.
        activation: Activation, `activation(x, name=)`.
        gate: What the features in the middle go through, `gate(x, name=)`.
        drop_rate: How often training leaves the block out for a sample (stochastic depth).
        name: Prefix of the layer names.

    Returns:
        Features N×H/strides×W/strides×filters.
    """
    y = x
    if expanded != x.shape[-1]:
        y = conv(y, expanded, 1, name=f"{name}_expand")
        y = activation(norm(y, name=f"{name}_expand_bn"), name=f"{name}_expand_activation")
    y = depthwise(y, kernel_size, strides=strides, name=f"{name}_depthwise")
    y = activation(norm(y, name=f"{name}_depthwise_bn"), name=f"{name}_depthwise_activation")
    if gate is not None:
        y = gate(y, name=name)
    y = conv(y, filters, 1, name=f"{name}_project")
    y = norm(y, name=f"{name}_project_bn")
    if x.shape != y.shape or strides > 1:
        return y
    if drop_rate:
        y = layers.Dropout(drop_rate, noise_shape=(None, 1, 1, 1), name=f"{name}_drop")(y)
    return layers.Add(name=f"{name}_add")([x, y])


@values_last
def mobilenet_v2(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    alpha: float = 1.0,
    stages: tuple[tuple[int, int, int, int], ...] = STAGES,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    dropout_rate: float = 0.2,
    name: str = "mobilenet_v2",
) -> keras.Model:
    """Builds a MobileNetV2: 3,504,872 parameters with `alpha=1`.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        alpha: Width multiplier; widths are rounded to multiples of 8, and the last one never shrinks.
        stages: Expansion, filters, number of blocks and stride of each stage.
        conv: Convolution of the whole network.
        depthwise: Depthwise convolution of the whole network.
        norm: Normalization of the whole network.
        dropout_rate: Dropout before the logits.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, make_divisible(32 * alpha), 3, strides=2, name="stem_conv")  # 112×112×32
    x = relu6(norm(x, name="stem_bn"), name="stem_activation")
    for stage, (expansion, filters, depth, strides) in enumerate(stages, 1):
        for i in range(1, depth + 1):
            x = inverted_residual(
                x,
                make_divisible(filters * alpha),
                expansion * x.shape[-1],
                strides if i == 1 else 1,
                conv=conv,
                depthwise=depthwise,
                norm=norm,
                name=f"stage{stage}_block{i}",
            )
    x = conv(x, make_divisible(1280 * max(1.0, alpha)), 1, name="final_conv")  # 7×7×1280
    x = relu6(norm(x, name="final_bn"), name="final_activation")
    return keras.Model(inputs, gap_head(x, classes, dropout_rate=dropout_rate), name=name)
