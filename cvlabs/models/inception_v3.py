"""Inception-v3: convolutions factored further, 5×5 into 3×3 and n×n into 1×n and n×1.

Reference: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016, table 1 and
figures 5 to 7 and 10.

Deviations:
    As in the authors' code: the stem's 3×3 convolution before the second pooling has no stride, the first
    module of the first kind has a 5×5 convolution, and there is one auxiliary head.
"""

from collections.abc import Sequence
from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, average_pool, batch_norm, gap_head, relu
from cvlabs.variables import values_last

Kernel = int | tuple[int, int]
POOL_PROJ = {"5b": 32, "5c": 64, "5d": 64}
WIDTHS_7 = {"6b": 128, "6c": 160, "6d": 160, "6e": 192}

inception_norm = partial(batch_norm, epsilon=1e-3)
"""Normalization with the constants of the Inception networks."""


def conv_bn_relu(
    x: Tensor,
    filters: int,
    kernel_size: Kernel,
    *,
    strides: int = 1,
    padding: str = "same",
    norm: Block = inception_norm,
    name: str,
) -> Tensor:
    """A convolution without biases, normalization, ReLU."""
    convolution = layers.Conv2D(
        filters, kernel_size, strides=strides, padding=padding, use_bias=False, name=name
    )
    return relu(norm(convolution(x), name=f"{name}_bn"), name=f"{name}_relu")


def chain(
    x: Tensor, steps: Sequence[tuple[int, Kernel]], *, halve: bool = False, conv: Block, name: str
) -> Tensor:
    """Convolutions one after the other, numbered from 1; `halve` gives the last one stride 2, no padding."""
    for i, (filters, kernel_size) in enumerate(steps, 1):
        options = {"strides": 2, "padding": "valid"} if halve and i == len(steps) else {}
        x = conv(x, filters, kernel_size, name=f"{name}_{i}", **options)
    return x


def stem(x: Tensor, *, conv: Block) -> Tensor:
    """Five convolutions and two poolings, most without padding: an eighth of the size."""
    x = conv(x, 32, 3, strides=2, padding="valid", name="stem_conv1")  # 149×149×32
    x = conv(x, 32, 3, padding="valid", name="stem_conv2")
    x = conv(x, 64, 3, name="stem_conv3")  # 147×147×64
    x = layers.MaxPooling2D(3, 2, name="stem_pool1")(x)  # 73×73×64
    x = conv(x, 80, 1, name="stem_conv4")
    x = conv(x, 192, 3, padding="valid", name="stem_conv5")  # 71×71×192
    return layers.MaxPooling2D(3, 2, name="stem_pool2")(x)  # 35×35×192


def module_5(x: Tensor, pool_proj: int, *, conv: Block, pool: Block, name: str) -> Tensor:
    """1×1; 1×1 → 5×5; 1×1 → 3×3 → 3×3; pooling → 1×1."""
    branches = [
        conv(x, 64, 1, name=f"{name}_1x1"),
        chain(x, ((48, 1), (64, 5)), conv=conv, name=f"{name}_5x5"),
        chain(x, ((64, 1), (96, 3), (96, 3)), conv=conv, name=f"{name}_3x3dbl"),
        conv(pool(x, name=f"{name}_pool"), pool_proj, 1, name=f"{name}_pool_proj"),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def module_6a(x: Tensor, *, conv: Block, name: str) -> Tensor:
    """Half the size: 3×3; 1×1 → 3×3 → 3×3; pooling."""
    branches = [
        conv(x, 384, 3, strides=2, padding="valid", name=f"{name}_3x3"),
        chain(x, ((64, 1), (96, 3), (96, 3)), halve=True, conv=conv, name=f"{name}_3x3dbl"),
        layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def module_6(x: Tensor, width: int, *, conv: Block, pool: Block, name: str) -> Tensor:
    """1×1; 1×1 → 1×7 → 7×1; 1×1 → 7×1 → 1×7 → 7×1 → 1×7; pooling → 1×1."""
    double = ((width, 1), (width, (7, 1)), (width, (1, 7)), (width, (7, 1)), (192, (1, 7)))
    branches = [
        conv(x, 192, 1, name=f"{name}_1x1"),
        chain(x, ((width, 1), (width, (1, 7)), (192, (7, 1))), conv=conv, name=f"{name}_7x7"),
        chain(x, double, conv=conv, name=f"{name}_7x7dbl"),
        conv(pool(x, name=f"{name}_pool"), 192, 1, name=f"{name}_pool_proj"),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def module_7a(x: Tensor, *, conv: Block, name: str) -> Tensor:
    """Half the size: 1×1 → 3×3; 1×1 → 1×7 → 7×1 → 3×3; pooling."""
    long = ((192, 1), (192, (1, 7)), (192, (7, 1)), (192, 3))
    branches = [
        chain(x, ((192, 1), (320, 3)), halve=True, conv=conv, name=f"{name}_3x3"),
        chain(x, long, halve=True, conv=conv, name=f"{name}_7x7x3"),
        layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def module_7(x: Tensor, *, conv: Block, pool: Block, name: str) -> Tensor:
    """1×1; 1×1 → 1×3 and 3×1; 1×1 → 3×3 → 1×3 and 3×1; pooling → 1×1."""
    y = conv(x, 384, 1, name=f"{name}_3x3_1")
    z = chain(x, ((448, 1), (384, 3)), conv=conv, name=f"{name}_3x3dbl")
    branches = [
        conv(x, 320, 1, name=f"{name}_1x1"),
        conv(y, 384, (1, 3), name=f"{name}_3x3_2a"),
        conv(y, 384, (3, 1), name=f"{name}_3x3_2b"),
        conv(z, 384, (1, 3), name=f"{name}_3x3dbl_3a"),
        conv(z, 384, (3, 1), name=f"{name}_3x3dbl_3b"),
        conv(pool(x, name=f"{name}_pool"), 192, 1, name=f"{name}_pool_proj"),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def auxiliary_head(x: Tensor, classes: int, *, conv: Block, name: str) -> Tensor:
    """A classifier on the 17×17 map: pooling, 1×1, 5×5, logits N×classes."""
    x = layers.AveragePooling2D(5, 3, name=f"{name}_pool")(x)  # 5×5×768
    x = conv(x, 128, 1, name=f"{name}_conv1")
    x = conv(x, 768, 5, padding="valid", name=f"{name}_conv2")  # 1×1×768
    x = layers.GlobalAveragePooling2D(name=f"{name}_gap")(x)
    return layers.Dense(classes, name=f"{name}_logits")(x)


@values_last
def inception_v3(
    input_shape: tuple[int, int, int] = (299, 299, 3),
    classes: int = 1000,
    *,
    conv: Block = conv_bn_relu,
    pool: Block = average_pool,
    pool_proj: dict[str, int] = POOL_PROJ,
    widths_7: dict[str, int] = WIDTHS_7,
    auxiliary_heads: bool = False,
    dropout_rate: float = 0.5,
    name: str = "inception_v3",
) -> keras.Model:
    """Builds an Inception-v3: 23,834,568 parameters, 27,161,264 with its auxiliary head.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        conv: Convolution block, `conv(x, filters, kernel_size, strides=, padding=, name=)`.
        pool: Pooling of the modules without stride, `pool(x, name=)`.
        pool_proj: The modules of the first kind, and the filters behind their pooling.
        widths_7: The modules of the second kind, and the width of their 7×1 and 1×7 convolutions.
        auxiliary_heads: Whether to add the auxiliary classifier.
        dropout_rate: Dropout before the logits.
        name: Name of the model.

    Returns:
        A functional model. Its output is the logits N×classes; with the auxiliary head a list of two.
    """
    inputs = keras.Input(input_shape, name="image")
    x = stem(inputs, conv=conv)
    for module, width in pool_proj.items():
        x = module_5(x, width, conv=conv, pool=pool, name=f"mixed_{module}")  # 35×35×288
    x = module_6a(x, conv=conv, name="mixed_6a")
    for module, width in widths_7.items():
        x = module_6(x, width, conv=conv, pool=pool, name=f"mixed_{module}")  # 17×17×768
    auxiliary = [auxiliary_head(x, classes, conv=conv, name="aux1")] if auxiliary_heads else []
    x = module_7a(x, conv=conv, name="mixed_7a")
    for module in ("7b", "7c"):
        x = module_7(x, conv=conv, pool=pool, name=f"mixed_{module}")  # 8×8×2048
    outputs = gap_head(x, classes, dropout_rate=dropout_rate)
    return keras.Model(inputs, [outputs, *auxiliary] if auxiliary else outputs, name=name)
