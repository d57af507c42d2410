"""Inception-v4: the Inception modules made uniform, with a stem of branches.

Reference: Szegedy et al., "Inception-v4, Inception-ResNet and the Impact of Residual Connections on
Learning", AAAI 2017, figures 3 to 9.

Deviations: none.
"""

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, average_pool_same, gap_head
from cvlabs.models.inception_v3 import chain, conv_bn_relu
from cvlabs.variables import values_last


def stem(x: Tensor, *, conv: Block) -> Tensor:
    """Three convolutions, then three times two branches joined: an eighth of the size."""
    x = conv(x, 32, 3, strides=2, padding="valid", name="stem_conv1")  # 149×149×32
    x = conv(x, 32, 3, padding="valid", name="stem_conv2")
    x = conv(x, 64, 3, name="stem_conv3")  # 147×147×64
    pooled = layers.MaxPooling2D(3, 2, name="stem_mixed1_pool")(x)
    y = conv(x, 96, 3, strides=2, padding="valid", name="stem_mixed1_conv")
    x = layers.Concatenate(name="stem_mixed1_concat")([pooled, y])  # 73×73×160
    left = conv(x, 64, 1, name="stem_mixed2_branch1_1")
    left = conv(left, 96, 3, padding="valid", name="stem_mixed2_branch1_2")
    right = chain(x, ((64, 1), (64, (1, 7)), (64, (7, 1))), conv=conv, name="stem_mixed2_branch2")
    right = conv(right, 96, 3, padding="valid", name="stem_mixed2_branch2_4")
    x = layers.Concatenate(name="stem_mixed2_concat")([left, right])  # 71×71×192
    y = conv(x, 192, 3, strides=2, padding="valid", name="stem_mixed3_conv")
    pooled = layers.MaxPooling2D(3, 2, name="stem_mixed3_pool")(x)
    return layers.Concatenate(name="stem_mixed3_concat")([y, pooled])  # 35×35×384


def inception_a(x: Tensor, *, conv: Block, pool: Block, name: str) -> Tensor:
    """1×1; 1×1 → 3×3; 1×1 → 3×3 → 3×3; pooling → 1×1: 35×35×384."""
    branches = [
        conv(x, 96, 1, name=f"{name}_branch1"),
        chain(x, ((64, 1), (96, 3)), conv=conv, name=f"{name}_branch2"),
        chain(x, ((64, 1), (96, 3), (96, 3)), conv=conv, name=f"{name}_branch3"),
        conv(pool(x, name=f"{name}_pool"), 96, 1, name=f"{name}_pool_proj"),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def reduction_a(x: Tensor, *, conv: Block, name: str) -> Tensor:
    """Half the size: 3×3; 1×1 → 3×3 → 3×3; pooling: 17×17×1024."""
    branches = [
        conv(x, 384, 3, strides=2, padding="valid", name=f"{name}_branch1"),
        chain(x, ((192, 1), (224, 3), (256, 3)), halve=True, conv=conv, name=f"{name}_branch2"),
        layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def inception_b(x: Tensor, *, conv: Block, pool: Block, name: str) -> Tensor:
    """1×1; 1×1 → 1×7 → 7×1; 1×1 → 7×1 → 1×7 → 7×1 → 1×7; pooling → 1×1: 17×17×1024."""
    long = ((192, 1), (192, (7, 1)), (224, (1, 7)), (224, (7, 1)), (256, (1, 7)))
    branches = [
        conv(x, 384, 1, name=f"{name}_branch1"),
        chain(x, ((192, 1), (224, (1, 7)), (256, (7, 1))), conv=conv, name=f"{name}_branch2"),
        chain(x, long, conv=conv, name=f"{name}_branch3"),
        conv(pool(x, name=f"{name}_pool"), 128, 1, name=f"{name}_pool_proj"),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def reduction_b(x: Tensor, *, conv: Block, name: str) -> Tensor:
    """Half the size: 1×1 → 3×3; 1×1 → 1×7 → 7×1 → 3×3; pooling: 8×8×1536."""
    long = ((256, 1), (256, (1, 7)), (320, (7, 1)), (320, 3))
    branches = [
        chain(x, ((192, 1), (192, 3)), halve=True, conv=conv, name=f"{name}_branch1"),
        chain(x, long, halve=True, conv=conv, name=f"{name}_branch2"),
        layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def inception_c(x: Tensor, *, conv: Block, pool: Block, name: str) -> Tensor:
    """1×1; 1×1 → 1×3 and 3×1; 1×1 → 3×1 → 1×3 → 1×3 and 3×1; pooling → 1×1: 8×8×1536."""
    y = conv(x, 384, 1, name=f"{name}_branch2_1")
    z = chain(x, ((384, 1), (448, (3, 1)), (512, (1, 3))), conv=conv, name=f"{name}_branch3")
    branches = [
        conv(x, 256, 1, name=f"{name}_branch1"),
        conv(y, 256, (1, 3), name=f"{name}_branch2_2a"),
        conv(y, 256, (3, 1), name=f"{name}_branch2_2b"),
        conv(z, 256, (1, 3), name=f"{name}_branch3_4a"),
        conv(z, 256, (3, 1), name=f"{name}_branch3_4b"),
        conv(pool(x, name=f"{name}_pool"), 256, 1, name=f"{name}_pool_proj"),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


@values_last
def inception_v4(
    input_shape: tuple[int, int, int] = (299, 299, 3),
    classes: int = 1000,
    *,
    depths: tuple[int, int, int] = (4, 7, 3),
    conv: Block = conv_bn_relu,
    pool: Block = average_pool_same,
    dropout_rate: float = 0.2,
    name: str = "inception_v4",
) -> keras.Model:
    """Builds an Inception-v4: 42,679,816 parameters.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        depths: Number of modules A, B and C.
        conv: Convolution block, `conv(x, filters, kernel_size, strides=, padding=, name=)`.
        pool: Pooling of the modules without stride, `pool(x, name=)`.
        dropout_rate: Dropout before the logits.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = stem(inputs, conv=conv)
    for i in range(1, depths[0] + 1):
        x = inception_a(x, conv=conv, pool=pool, name=f"inception_a{i}")
    x = reduction_a(x, conv=conv, name="reduction_a")
    for i in range(1, depths[1] + 1):
        x = inception_b(x, conv=conv, pool=pool, name=f"inception_b{i}")
    x = reduction_b(x, conv=conv, name="reduction_b")
    for i in range(1, depths[2] + 1):
        x = inception_c(x, conv=conv, pool=pool, name=f"inception_c{i}")
    return keras.Model(inputs, gap_head(x, classes, dropout_rate=dropout_rate), name=name)
