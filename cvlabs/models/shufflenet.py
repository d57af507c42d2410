"""ShuffleNet: grouped 1×1 convolutions, and a shuffle so that the groups still hear of each other.

Reference: Zhang et al., "ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile Devices",
CVPR 2018, table 1 and figure 2.

Deviations: none.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import (
    Block,
    Tensor,
    average_pool,
    batch_norm,
    conv2d,
    depthwise_conv2d,
    gap_head,
    max_pool,
    relu,
)
from cvlabs.layers import ChannelShuffle
from cvlabs.variables import values_last

FILTERS = {
    1: (144, 288, 576),
    2: (200, 400, 800),
    3: (240, 480, 960),
    4: (272, 544, 1088),
    8: (384, 768, 1536),
}
DEPTHS = (4, 8, 4)


def shuffle_unit(
    x: Tensor,
    filters: int,
    groups: int,
    *,
    strides: int = 1,
    first_groups: int | None = None,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    name: str,
) -> Tensor:
    """Grouped 1×1 down, shuffle, depthwise 3×3, grouped 1×1 up; the input is added, or pooled and appended.

    Args:
        x: Features N×H×W×C.
        filters: Channels of the output; the bottleneck has a quarter.
        groups: Groups of the 1×1 convolutions.
        strides: 2 halves the size, and appends the averaged input instead of adding it.
        first_groups: Groups of the first convolution, where they differ.
        conv: Convolution, `conv(x, filters, kernel_size, groups=, name=)`.
        depthwise: Depthwise convolution, `depthwise(x, kernel_size, strides=, name=)`.
        norm: Normalization, `norm(x, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H/strides×W/strides×filters.
    """
    channels = filters - x.shape[-1] if strides > 1 else filters
    y = conv(x, filters // 4, 1, groups=first_groups or groups, name=f"{name}_conv1")
    y = relu(norm(y, name=f"{name}_bn1"), name=f"{name}_relu1")
    y = ChannelShuffle(groups, name=f"{name}_shuffle")(y)
    y = depthwise(y, 3, strides=strides, name=f"{name}_conv2")
    y = norm(y, name=f"{name}_bn2")
    y = conv(y, channels, 1, groups=groups, name=f"{name}_conv3")
    y = norm(y, name=f"{name}_bn3")
    if strides > 1:
        x = average_pool(x, 3, strides, name=f"{name}_pool")
        y = layers.Concatenate(name=f"{name}_concat")([y, x])
    else:
        y = layers.Add(name=f"{name}_add")([x, y])
    return relu(y, name=f"{name}_relu")


@values_last
def shufflenet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    groups: int,
    filters: tuple[int, ...],
    depths: tuple[int, ...] = DEPTHS,
    conv: Block = conv2d,
    depthwise: Block = depthwise_conv2d,
    norm: Block = batch_norm,
    name: str = "shufflenet",
) -> keras.Model:
    """Builds a ShuffleNet.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        groups: Groups of the 1×1 convolutions.
        filters: Channels of stages 2, 3 and 4.
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
            x = shuffle_unit(
                x,
                width,
                groups,
                strides=2 if i == 1 else 1,
                first_groups=1 if (stage, i) == (2, 1) else None,  # 24 channels are too few to group
                conv=conv,
                depthwise=depthwise,
                norm=norm,
                name=f"stage{stage}_block{i}",
            )
    return keras.Model(inputs, gap_head(x, classes), name=name)


shufflenet_g1 = partial(shufflenet, groups=1, filters=FILTERS[1], name="shufflenet_g1")
"""1,531,936 parameters."""

shufflenet_g2 = partial(shufflenet, groups=2, filters=FILTERS[2], name="shufflenet_g2")
"""1,733,848 parameters."""

shufflenet_g3 = partial(shufflenet, groups=3, filters=FILTERS[3], name="shufflenet_g3")
"""1,865,728 parameters."""

shufflenet_g4 = partial(shufflenet, groups=4, filters=FILTERS[4], name="shufflenet_g4")
"""1,968,344 parameters."""

shufflenet_g8 = partial(shufflenet, groups=8, filters=FILTERS[8], name="shufflenet_g8")
"""2,434,768 parameters."""
