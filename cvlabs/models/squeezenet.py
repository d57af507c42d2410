"""SqueezeNet: AlexNet's accuracy with a fiftieth of its parameters.

Reference: Iandola et al., "SqueezeNet: AlexNet-Level Accuracy with 50x Fewer Parameters and <0.5MB Model
Size", arXiv 2016, table 1 and figure 1; version 1.1: the authors' repository.

Deviations:
    Poolings round up and the first convolution does not pad, as in the authors' code.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Tensor, max_pool_ceil
from cvlabs.variables import values_last

Fire = tuple[int, int]  # squeeze, and each of both expansions
POOL = None
V1_0: tuple[Fire | None, ...] = (
    POOL, (16, 64), (16, 64), (32, 128),
    POOL, (32, 128), (48, 192), (48, 192), (64, 256),
    POOL, (64, 256),
)  # fmt: skip
V1_1: tuple[Fire | None, ...] = (
    POOL, (16, 64), (16, 64),
    POOL, (32, 128), (32, 128),
    POOL, (48, 192), (48, 192), (64, 256), (64, 256),
)  # fmt: skip


def fire_module(x: Tensor, squeeze: int, expand: int, *, name: str) -> Tensor:
    """A 1×1 convolution down, then a 1×1 and a 3×3 side by side.

    Args:
        x: Features N×H×W×C.
        squeeze: Filters of the first convolution.
        expand: Filters of each of the two others.
        name: Prefix of the layer names.

    Returns:
        Features N×H×W×2·expand.
    """
    x = layers.Conv2D(squeeze, 1, activation="relu", name=f"{name}_squeeze")(x)
    left = layers.Conv2D(expand, 1, activation="relu", name=f"{name}_1x1")(x)
    right = layers.Conv2D(expand, 3, padding="same", activation="relu", name=f"{name}_3x3")(x)
    return layers.Concatenate(name=f"{name}_concat")([left, right])


@values_last
def squeezenet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    filters: int,
    kernel_size: int,
    modules: tuple[Fire | None, ...],
    dropout_rate: float = 0.5,
    name: str = "squeezenet",
) -> keras.Model:
    """Builds a SqueezeNet; the variants below say what they change.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        filters: Filters of the first convolution.
        kernel_size: Kernel of the first convolution.
        modules: Fire modules, squeeze and expand, and `None` for a pooling.
        dropout_rate: Dropout before the last convolution.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes: the means of a map per class.
    """
    inputs = keras.Input(input_shape, name="image")
    x = layers.Conv2D(filters, kernel_size, 2, activation="relu", name="stem_conv")(inputs)  # 109×109×96
    fires = pools = 0
    for module in modules:
        if module is POOL:
            pools += 1
            x = max_pool_ceil(x, name=f"pool{pools}")  # 54, 27, 13
        else:
            fires += 1
            x = fire_module(x, *module, name=f"fire{fires + 1}")  # the paper counts from 2
    x = layers.Dropout(dropout_rate, name="head_dropout")(x)
    x = layers.Conv2D(classes, 1, activation="relu", name="head_conv")(x)
    return keras.Model(inputs, layers.GlobalAveragePooling2D(name="head_logits")(x), name=name)


squeezenet1_0 = partial(squeezenet, filters=96, kernel_size=7, modules=V1_0, name="squeezenet1_0")
"""1,248,424 parameters."""

squeezenet1_1 = partial(squeezenet, filters=64, kernel_size=3, modules=V1_1, name="squeezenet1_1")
"""1,235,496 parameters, and less than half of the work.

It takes 349,151,936 multiply-adds: 349.2 million, where tables that cut off print 349.1. That is 2.35 times
less than version 1.0 takes; the authors' repository says 2.4.
"""
