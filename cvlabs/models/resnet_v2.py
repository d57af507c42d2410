"""ResNet v2: normalization and ReLU before each convolution, so that the shortcuts stay untouched.

Reference: He et al., "Identity Mappings in Deep Residual Networks", ECCV 2016, figures 1 (b) and 4 (e).

Deviations:
    As in later code: the stride is in the 3×3 convolution, a projection reads the activated features, and the
    stem is a bare convolution and a pooling. The authors' stem has its own normalization and ReLU:
    `stem=normalized_stem`, 128 parameters more.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, batch_norm, conv2d, gap_head, max_pool, relu
from cvlabs.layers import SymmetricMaxPooling2D
from cvlabs.variables import values_last


def bare_stem(x: Tensor, filters: int, *, conv: Block, norm: Block) -> Tensor:
    """A convolution 7×7/2 and a max pooling, which sees negative values too."""
    x = conv(x, filters, 7, strides=2, name="stem_conv")  # 112×112×64
    return SymmetricMaxPooling2D(3, 2, name="stem_pool")(x)  # 56×56×64


def normalized_stem(x: Tensor, filters: int, *, conv: Block, norm: Block) -> Tensor:
    """A convolution 7×7/2, normalization, ReLU, max pooling: as in ResNet v1."""
    x = conv(x, filters, 7, strides=2, name="stem_conv")  # 112×112×64
    x = relu(norm(x, name="stem_bn"), name="stem_relu")
    return max_pool(x, name="stem_pool")  # 56×56×64


def preactivation_block(
    x: Tensor, filters: int, strides: int, *, conv: Block = conv2d, norm: Block = batch_norm, name: str
) -> Tensor:
    """Normalization, ReLU, convolution, three times (1×1, 3×3, 1×1), and the input added.

    Args:
        x: Features N×H×W×C.
        filters: The stage's width; the output has four times as many channels.
        strides: Stride of the 3×3 convolution.
        conv: Convolution, `conv(x, filters, kernel_size, strides=, name=)`.
        norm: Normalization, `norm(x, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H/strides×W/strides×4·filters, neither normalized nor activated.
    """
    before = relu(norm(x, name=f"{name}_bn1"), name=f"{name}_relu1")
    y = conv(before, filters, 1, name=f"{name}_conv1")
    y = relu(norm(y, name=f"{name}_bn2"), name=f"{name}_relu2")
    y = conv(y, filters, 3, strides=strides, name=f"{name}_conv2")
    y = relu(norm(y, name=f"{name}_bn3"), name=f"{name}_relu3")
    y = conv(y, 4 * filters, 1, name=f"{name}_conv3")
    if x.shape != y.shape:
        x = conv(before, 4 * filters, 1, strides=strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([x, y])


@values_last
def resnet_v2(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    depths: tuple[int, ...],
    filters: int = 64,
    stem: Block = bare_stem,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    name: str = "resnet_v2",
) -> keras.Model:
    """Builds a ResNet v2.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        depths: Number of blocks in stages 2, 3, 4, 5.
        filters: Width of stage 2; each stage doubles it.
        stem: `bare_stem` or `normalized_stem`.
        conv: Convolution of the whole network.
        norm: Normalization of the whole network.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = stem(inputs, filters, conv=conv, norm=norm)
    for stage, depth in enumerate(depths, 2):
        for i in range(1, depth + 1):
            strides = 2 if stage > 2 and i == 1 else 1
            width = filters * 2 ** (stage - 2)
            x = preactivation_block(x, width, strides, conv=conv, norm=norm, name=f"stage{stage}_block{i}")
    x = relu(norm(x, name="final_bn"), name="final_relu")
    return keras.Model(inputs, gap_head(x, classes), name=name)


resnet50_v2 = partial(resnet_v2, depths=(3, 4, 6, 3), name="resnet50_v2")
"""25,549,352 parameters."""

resnet101_v2 = partial(resnet_v2, depths=(3, 4, 23, 3), name="resnet101_v2")
"""44,541,480 parameters."""

resnet152_v2 = partial(resnet_v2, depths=(3, 8, 36, 3), name="resnet152_v2")
"""60,185,128 parameters."""

resnet200_v2 = partial(resnet_v2, depths=(3, 24, 36, 3), name="resnet200_v2")
"""64,666,152 parameters."""
