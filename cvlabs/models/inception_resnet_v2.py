"""Inception-ResNet-v2: Inception modules as the residual of residual blocks.

Reference: Szegedy et al., "Inception-v4, Inception-ResNet and the Impact of Residual Connections on
Learning", AAAI 2017, figures 15 to 20 and section 3.3 (scaling of the residuals).

Deviations:
    As in the authors' code: the stem is Inception-v3's with one more module, and residuals are scaled by
    0.17, 0.1 and 0.2, the last one by 1 and without ReLU.
"""

from collections.abc import Sequence

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, average_pool_same, gap_head, relu
from cvlabs.models.inception_v3 import Kernel, chain, conv_bn_relu, stem
from cvlabs.variables import values_last

Steps = Sequence[tuple[int, Kernel]]
BLOCK_35: tuple[Steps, ...] = (((32, 1),), ((32, 1), (32, 3)), ((32, 1), (48, 3), (64, 3)))
BLOCK_17: tuple[Steps, ...] = (((192, 1),), ((128, 1), (160, (1, 7)), (192, (7, 1))))
BLOCK_8: tuple[Steps, ...] = (((192, 1),), ((192, 1), (224, (1, 3)), (256, (3, 1))))


def module_5b(x: Tensor, *, conv: Block, pool: Block, name: str) -> Tensor:
    """1×1; 1×1 → 5×5; 1×1 → 3×3 → 3×3; pooling → 1×1: 35×35×320."""
    branches = [
        conv(x, 96, 1, name=f"{name}_branch1"),
        chain(x, ((48, 1), (64, 5)), conv=conv, name=f"{name}_branch2"),
        chain(x, ((64, 1), (96, 3), (96, 3)), conv=conv, name=f"{name}_branch3"),
        conv(pool(x, name=f"{name}_pool"), 64, 1, name=f"{name}_pool_proj"),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def residual_block(
    x: Tensor, branches: tuple[Steps, ...], scale: float, *, activate: bool = True, conv: Block, name: str
) -> Tensor:
    """Branches joined, a 1×1 convolution to as many channels as the input, scaled, and the input added.

    Args:
        x: Features N×H×W×C.
        branches: Filters and kernels of the convolutions of each branch.
        scale: Factor of the residual.
        activate: Whether ReLU follows.
        conv: Convolution block, `conv(x, filters, kernel_size, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H×W×C.
    """
    made = []
    for i, steps in enumerate(branches, 1):
        prefix = f"{name}_branch{i}"
        made.append(
            conv(x, *steps[0], name=prefix) if len(steps) == 1 else chain(x, steps, conv=conv, name=prefix)
        )
    y = layers.Concatenate(name=f"{name}_concat")(made)
    y = layers.Conv2D(x.shape[-1], 1, name=f"{name}_conv")(y)
    y = layers.Rescaling(scale, name=f"{name}_scale")(y)
    y = layers.Add(name=f"{name}_add")([x, y])
    return relu(y, name=f"{name}_relu") if activate else y


def module_6a(x: Tensor, *, conv: Block, name: str) -> Tensor:
    """Half the size: 3×3; 1×1 → 3×3 → 3×3; pooling: 17×17×1088."""
    branches = [
        conv(x, 384, 3, strides=2, padding="valid", name=f"{name}_branch1"),
        chain(x, ((256, 1), (256, 3), (384, 3)), halve=True, conv=conv, name=f"{name}_branch2"),
        layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


def module_7a(x: Tensor, *, conv: Block, name: str) -> Tensor:
    """Half the size: 1×1 → 3×3, twice; 1×1 → 3×3 → 3×3; pooling: 8×8×2080."""
    branches = [
        chain(x, ((256, 1), (384, 3)), halve=True, conv=conv, name=f"{name}_branch1"),
        chain(x, ((256, 1), (288, 3)), halve=True, conv=conv, name=f"{name}_branch2"),
        chain(x, ((256, 1), (288, 3), (320, 3)), halve=True, conv=conv, name=f"{name}_branch3"),
        layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x),
    ]
    return layers.Concatenate(name=f"{name}_concat")(branches)


@values_last
def inception_resnet_v2(
    input_shape: tuple[int, int, int] = (299, 299, 3),
    classes: int = 1000,
    *,
    depths: tuple[int, int, int] = (10, 20, 10),
    conv: Block = conv_bn_relu,
    pool: Block = average_pool_same,
    dropout_rate: float = 0.2,
    name: str = "inception_resnet_v2",
) -> keras.Model:
    """Builds an Inception-ResNet-v2: 55,843,464 parameters.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        depths: Number of residual blocks at 35×35, 17×17 and 8×8.
        conv: Convolution block, `conv(x, filters, kernel_size, strides=, padding=, name=)`.
        pool: Pooling without stride, `pool(x, name=)`.
        dropout_rate: Dropout before the logits.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = module_5b(stem(inputs, conv=conv), conv=conv, pool=pool, name="mixed_5b")
    for i in range(1, depths[0] + 1):
        x = residual_block(x, BLOCK_35, 0.17, conv=conv, name=f"block35_{i}")
    x = module_6a(x, conv=conv, name="mixed_6a")
    for i in range(1, depths[1] + 1):
        x = residual_block(x, BLOCK_17, 0.1, conv=conv, name=f"block17_{i}")
    x = module_7a(x, conv=conv, name="mixed_7a")
    for i in range(1, depths[2]):
        x = residual_block(x, BLOCK_8, 0.2, conv=conv, name=f"block8_{i}")
    x = residual_block(x, BLOCK_8, 1.0, activate=False, conv=conv, name=f"block8_{depths[2]}")
    x = conv(x, 1536, 1, name="final_conv")  # 8×8×1536
    return keras.Model(inputs, gap_head(x, classes, dropout_rate=dropout_rate), name=name)
