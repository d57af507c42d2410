"""ShuffleNet V2: half of the channels pass by untouched, the rest work, then both are shuffled.

Reference: Ma et al., "ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design", ECCV 2018,
table 5 and figure 3 (c, d).

Deviations: none.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, batch_norm, conv2d, depthwise_conv2d, gap_head, max_pool, relu
from cvlabs.layers import ChannelShuffle, ChannelSlice
from cvlabs.variables import values_last

DEPTHS = (4, 8, 4)


def shuffle_unit(
    x: Tensor,
    filters: int,
    *,
    strides: int = 1,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    name: str,
) -> Tensor:
    """Two branches of equal width, concatenated and shuffled.

    Args:
        x: Features N×H×W×C, with C equal to `filters` where the unit does not stride.
        filters: Channels of the output.
        strides: 1: one branch is half of the input as it is. 2: both branches read all of it.
        conv: Convolution, `conv(x, filters, kernel_size, name=)`.
        depthwise: Depthwise convolution, `depthwise(x, kernel_size, strides=, name=)`.
        norm: Normalization, `norm(x, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H/strides×W/strides×filters.
    """
    half = filters // 2
    if strides == 1:
        left = ChannelSlice(0, half, name=f"{name}_left")(x)
        right = ChannelSlice(half, filters, name=f"{name}_right")(x)
    else:
        left = depthwise(x, 3, strides=strides, name=f"{name}_left_conv1")
        left = norm(left, name=f"{name}_left_bn1")
        left = conv(left, half, 1, name=f"{name}_left_conv2")
        left = relu(norm(left, name=f"{name}_left_bn2"), name=f"{name}_left_relu")
        right = x
    right = conv(right, half, 1, name=f"{name}_conv1")
    right = relu(norm(right, name=f"{name}_bn1"), name=f"{name}_relu1")
    right = depthwise(right, 3, strides=strides, name=f"{name}_conv2")
    right = norm(right, name=f"{name}_bn2")
    right = conv(right, half, 1, name=f"{name}_conv3")
    right = relu(norm(right, name=f"{name}_bn3"), name=f"{name}_relu3")
    x = layers.Concatenate(name=f"{name}_concat")([left, right])
    return ChannelShuffle(2, name=f"{name}_shuffle")(x)


@values_last
def shufflenet_v2(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    filters: tuple[int, ...],
    final_filters: int = 1024,
    depths: tuple[int, ...] = DEPTHS,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    name: str = "shufflenet_v2",
) -> keras.Model:
    """Builds a ShuffleNet V2; the variants below say how wide.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        filters: Channels of stages 2, 3 and 4.
        final_filters: Filters of the last convolution.
        depths: Number of units of each stage.
        conv: Convolution of the whole network.
        depthwise: Depthwise convolution of the whole network.
        norm: Normalization of the whole network.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, 24, 3, strides=2, name="stem_conv")  # 112×112×24
    x = max_pool(relu(norm(x, name="stem_bn"), name="stem_relu"), name="stem_pool")  # 56×56×24
    for stage, (width, depth) in enumerate(zip(filters, depths, strict=True), 2):
        for i in range(1, depth + 1):
            strides = 2 if i == 1 else 1
            prefix = f"stage{stage}_block{i}"
            x = shuffle_unit(
                x, width, strides=strides, conv=conv, depthwise=depthwise, norm=norm, name=prefix
            )
    x = conv(x, final_filters, 1, name="final_conv")  # 7×7×1024
    x = relu(norm(x, name="final_bn"), name="final_relu")
    return keras.Model(inputs, gap_head(x, classes), name=name)


shufflenet_v2_x0_5 = partial(shufflenet_v2, filters=(48, 96, 192), name="shufflenet_v2_x0_5")
"""1,366,792 parameters."""

shufflenet_v2_x1_0 = partial(shufflenet_v2, filters=(116, 232, 464), name="shufflenet_v2_x1_0")
"""2,278,604 parameters."""

shufflenet_v2_x1_5 = partial(shufflenet_v2, filters=(176, 352, 704), name="shufflenet_v2_x1_5")
"""3,503,624 parameters."""

shufflenet_v2_x2_0 = partial(
    shufflenet_v2, filters=(244, 488, 976), final_filters=2048, name="shufflenet_v2_x2_0"
)
"""7,393,996 parameters."""
