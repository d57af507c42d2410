"""ResNet: layers that learn a difference to their input, so that a hundred of them still train.

Reference: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, table 1 and figures 3 and 5.

Deviations:
    The paper's own table has option A in its 18- and 34-layer networks; B, as published weights have, is the
    default here, and `shortcut=padded` gives A.
    `resnet50_v15` and its like halve in the 3×3 convolution of a block, the paper's in the first 1×1. That
    form came with the authors' later code, and most published weights have it.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, batch_norm, conv2d, gap_head, max_pool, relu
from cvlabs.layers import PaddedShortcut
from cvlabs.variables import values_last


def projection(
    x: Tensor, y: Tensor, strides: int, *, conv: Block, norm: Block, kernel_size: int = 1, name: str
) -> Tensor:
    """Adds the input; where shapes differ, through a convolution, 1×1 in the paper: option B."""
    if x.shape != y.shape:
        x = conv(x, y.shape[-1], kernel_size, strides=strides, name=f"{name}_shortcut")
        x = norm(x, name=f"{name}_shortcut_bn")
    return layers.Add(name=f"{name}_add")([x, y])


def padded(x: Tensor, y: Tensor, strides: int, *, conv: Block, norm: Block, name: str) -> Tensor:
    """Adds the input; where shapes differ, subsampled and filled up with zeros: option A."""
    if x.shape != y.shape:
        x = PaddedShortcut(y.shape[-1], strides, name=f"{name}_shortcut")(x)
    return layers.Add(name=f"{name}_add")([x, y])


def plain(x: Tensor, y: Tensor, strides: int, *, conv: Block, norm: Block, name: str) -> Tensor:
    """Adds nothing: the paper's plain networks."""
    return y


def no_gate(x: Tensor, *, name: str) -> Tensor:
    """Leaves the features as they are; SENet puts its gate here."""
    return x


def basic_block(
    x: Tensor,
    filters: int,
    strides: int,
    *,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    shortcut: Block = projection,
    name: str,
) -> Tensor:
    """Two 3×3 convolutions around which the input is added.

    Args:
        x: Features N×H×W×C.
        filters: Filters of both convolutions.
        strides: Stride of the first.
        conv: Convolution, `conv(x, filters, kernel_size, strides=, name=)`.
        norm: Normalization, `norm(x, name=)`.
        shortcut: What joins input and output, `shortcut(x, y, strides, conv=, norm=, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H/strides×W/strides×filters.
    """
    y = conv(x, filters, 3, strides=strides, name=f"{name}_conv1")
    y = relu(norm(y, name=f"{name}_bn1"), name=f"{name}_relu1")
    y = conv(y, filters, 3, name=f"{name}_conv2")
    y = norm(y, name=f"{name}_bn2")
    y = shortcut(x, y, strides, conv=conv, norm=norm, name=name)
    return relu(y, name=f"{name}_relu2")


def bottleneck_block(
    x: Tensor,
    filters: int,
    strides: int,
    *,
    groups: int = 1,
    base_width: int = 64,
    stride_at: int = 1,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    shortcut: Block = projection,
    gate: Block = no_gate,
    name: str,
) -> Tensor:
    """1×1 down, 3×3, 1×1 up to four times the filters, and the input added.

    Args:
        x: Features N×H×W×C.
        filters: The stage's width; the output has four times as many channels.
        strides: Stride of the block.
        groups: Groups of the 3×3 convolution: ResNeXt's cardinality.
        base_width: Width of a group where `filters` is 64.
        stride_at: Which convolution has the stride: 1 as in the paper, 2 in the form "v1.5".
        conv: Convolution, `conv(x, filters, kernel_size, strides=, groups=, name=)`.
        norm: Normalization, `norm(x, name=)`.
        shortcut: What joins input and output, `shortcut(x, y, strides, conv=, norm=, name=)`.
        gate: What the residual goes through before it is added, `gate(y, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H/strides×W/strides×4·filters.
    """
    width = filters * base_width // 64 * groups
    first, second = (strides, 1) if stride_at == 1 else (1, strides)
    y = conv(x, width, 1, strides=first, name=f"{name}_conv1")
    y = relu(norm(y, name=f"{name}_bn1"), name=f"{name}_relu1")
    y = conv(y, width, 3, strides=second, groups=groups, name=f"{name}_conv2")
    y = relu(norm(y, name=f"{name}_bn2"), name=f"{name}_relu2")
    y = conv(y, 4 * filters, 1, name=f"{name}_conv3")
    y = gate(norm(y, name=f"{name}_bn3"), name=name)
    y = shortcut(x, y, strides, conv=conv, norm=norm, name=name)
    return relu(y, name=f"{name}_relu3")


def stem(x: Tensor, filters: int, *, conv: Block, norm: Block, pool: Block = max_pool) -> Tensor:
    """A convolution 7×7/2 and a max pooling 3×3/2: a quarter of the size."""
    x = conv(x, filters, 7, strides=2, name="stem_conv")  # 112×112×64
    x = relu(norm(x, name="stem_bn"), name="stem_relu")
    return pool(x, name="stem_pool")  # 56×56×64


@values_last
def resnet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    depths: tuple[int, ...],
    block: Block,
    filters: int = 64,
    stem: Block = stem,
    head: Block = gap_head,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    shortcut: Block = projection,
    name: str = "resnet",
) -> keras.Model:
    """Builds a ResNet; the variants below say what they change.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        depths: Number of blocks in stages 2, 3, 4, 5 (conv2_x … conv5_x in the paper).
        block: `block(x, filters, strides, conv=, norm=, shortcut=, name=)`.
        filters: Width of stage 2; each stage doubles it.
        stem: What comes before stage 2, `stem(x, filters, conv=, norm=)`.
        head: What comes after stage 5, `head(x, classes)`.
        conv: Convolution of the whole network.
        norm: Normalization of the whole network.
        shortcut: `projection` (option B), `padded` (option A), or `plain`.
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
            x = block(
                x, width, strides, conv=conv, norm=norm, shortcut=shortcut, name=f"stage{stage}_block{i}"
            )
    return keras.Model(inputs, head(x, classes), name=name)


_v1 = bottleneck_block
_v15 = partial(bottleneck_block, stride_at=2)
_50, _101, _152 = (3, 4, 6, 3), (3, 4, 23, 3), (3, 8, 36, 3)

resnet18 = partial(resnet, depths=(2, 2, 2, 2), block=basic_block, name="resnet18")
"""11,689,512 parameters; 11,515,688 with option A."""

resnet34 = partial(resnet, depths=(3, 4, 6, 3), block=basic_block, name="resnet34")
"""21,797,672 parameters; 21,623,848 with option A."""

resnet50 = partial(resnet, depths=_50, block=_v1, name="resnet50")
"""25,557,032 parameters."""

resnet101 = partial(resnet, depths=_101, block=_v1, name="resnet101")
"""44,549,160 parameters."""

resnet152 = partial(resnet, depths=_152, block=_v1, name="resnet152")
"""60,192,808 parameters."""

resnet50_v15 = partial(resnet, depths=_50, block=_v15, name="resnet50_v15")
"""As many parameters as `resnet50`, 6 % more multiply-adds."""

resnet101_v15 = partial(resnet, depths=_101, block=_v15, name="resnet101_v15")
"""As many parameters as `resnet101`."""

resnet152_v15 = partial(resnet, depths=_152, block=_v15, name="resnet152_v15")
"""As many parameters as `resnet152`."""

plain18 = partial(resnet18, shortcut=plain, name="plain18")
"""`resnet18` without shortcuts: 11,515,688 parameters."""

plain34 = partial(resnet34, shortcut=plain, name="plain34")
"""`resnet34` without shortcuts: 21,623,848 parameters, and a higher error than `plain18`."""
