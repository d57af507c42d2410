"""ZFNet: AlexNet after a look inside, with a smaller and denser first layer.

Reference: Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, figure 3 and
table 2.

Deviations:
    The paper's contrast normalization is AlexNet's local response normalization here, and comes before the
        pooling, as in AlexNet and in the ports; the caption of figure 3 names it after.
    Poolings round up: from 110×110 to 55×55, as its figure has it.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, local_response_norm, max_pool_ceil
from cvlabs.models.alexnet import conv_relu, dense_head
from cvlabs.variables import values_last


@values_last
def zfnet_of(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    filters: tuple[int, ...] = (96, 256, 384, 384, 256),
    lrn: Block = local_response_norm,
    hidden: int = 4096,
    name: str = "zfnet",
) -> keras.Model:
    """Builds a ZFNet.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        filters: Filters of the five convolutions.
        lrn: Normalization behind conv1 and conv2, `lrn(x, name=)`.
        hidden: Width of the two hidden dense layers.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = layers.ZeroPadding2D(1, name="conv1_pad")(inputs)
    x = conv_relu(x, filters[0], 7, strides=2, name="conv1")  # 110×110×96
    x = max_pool_ceil(lrn(x, name="lrn1"), name="pool1")  # 55×55×96
    x = conv_relu(x, filters[1], 5, strides=2, name="conv2")  # 26×26×256
    x = max_pool_ceil(lrn(x, name="lrn2"), name="pool2")  # 13×13×256
    for i, width in enumerate(filters[2:], 3):
        x = conv_relu(x, width, 3, name=f"conv{i}")  # 13×13×384, 13×13×384, 13×13×256
    x = max_pool_ceil(x, name="pool5")  # 6×6×256
    return keras.Model(inputs, dense_head(x, classes, hidden=hidden), name=name)


zfnet = partial(zfnet_of, name="zfnet")
"""62,357,608 parameters."""

zfnet_wide = partial(zfnet_of, filters=(96, 256, 512, 1024, 512), name="zfnet_wide")
"""With 512, 1024 and 512 filters in the last convolutions: 107,627,624 parameters."""
