"""AlexNet: five convolutions and three dense layers, with which deep learning won ImageNet in 2012.

Reference: Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural Networks",
NeurIPS 2012, figure 2 and section 3; `alexnet_owt`: Krizhevsky, "One Weird Trick for Parallelizing
Convolutional Neural Networks", arXiv 2014.

Deviations:
    Images are 227×227; the paper prints 224, from which its 55×55 maps do not follow.
    Its two GPUs, each with half of the filters, are two groups in conv2, conv4 and conv5.
    The last map is flattened as it is, so for other input sizes `head_fc6` has another size too.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, local_response_norm
from cvlabs.layers import GroupedConv2D
from cvlabs.variables import values_last

FILTERS = (96, 256, 384, 384, 256)


def conv_relu(
    x: Tensor, filters: int, kernel_size: int, *, strides: int = 1, groups: int = 1, name: str
) -> Tensor:
    """A convolution with biases, then ReLU; it pads where it does not stride."""
    padding = "same" if strides == 1 else "valid"
    options = {"strides": strides, "padding": padding, "activation": "relu", "name": name}
    if groups > 1:
        return GroupedConv2D(filters, kernel_size, groups=groups, **options)(x)
    return layers.Conv2D(filters, kernel_size, **options)(x)


def dense_head(x: Tensor, classes: int, *, hidden: int = 4096, dropout_rate: float = 0.5) -> Tensor:
    """Two dense layers with ReLU and dropout, and one for the logits N×classes."""
    x = layers.Flatten(name="head_flatten")(x)
    for i in (6, 7):
        x = layers.Dense(hidden, activation="relu", name=f"head_fc{i}")(x)
        x = layers.Dropout(dropout_rate, name=f"head_dropout{i}")(x)
    return layers.Dense(classes, name="head_logits")(x)


@values_last
def alexnet_of(
    input_shape: tuple[int, int, int] = (227, 227, 3),
    classes: int = 1000,
    *,
    filters: tuple[int, ...] = FILTERS,
    groups: int = 1,
    lrn: Block | None = local_response_norm,
    padding: int = 0,
    hidden: int = 4096,
    name: str = "alexnet",
) -> keras.Model:
    """Builds an AlexNet; the variants below say what they change.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        filters: Filters of the five convolutions.
        groups: Groups of conv2, conv4 and conv5.
        lrn: Normalization behind conv1 and conv2, `lrn(x, name=)`; `None` for none.
        padding: Zeros around the image.
        hidden: Width of the two hidden dense layers.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = layers.ZeroPadding2D(padding, name="conv1_pad")(inputs) if padding else inputs
    x = conv_relu(x, filters[0], 11, strides=4, name="conv1")  # 55×55×96
    if lrn is not None:
        x = lrn(x, name="lrn1")
    x = layers.MaxPooling2D(3, 2, name="pool1")(x)  # 27×27×96
    x = conv_relu(x, filters[1], 5, groups=groups, name="conv2")  # 27×27×256
    if lrn is not None:
        x = lrn(x, name="lrn2")
    x = layers.MaxPooling2D(3, 2, name="pool2")(x)  # 13×13×256
    x = conv_relu(x, filters[2], 3, name="conv3")  # 13×13×384
    x = conv_relu(x, filters[3], 3, groups=groups, name="conv4")  # 13×13×384
    x = conv_relu(x, filters[4], 3, groups=groups, name="conv5")  # 13×13×256
    x = layers.MaxPooling2D(3, 2, name="pool5")(x)  # 6×6×256
    return keras.Model(inputs, dense_head(x, classes, hidden=hidden), name=name)


alexnet = partial(alexnet_of, groups=2, name="alexnet")
"""The paper's network: 60,965,224 parameters."""

alexnet_one_tower = partial(alexnet_of, name="alexnet_one_tower")
"""Without groups, as it is often drawn: 62,378,344 parameters."""

alexnet_owt = partial(
    alexnet_of,
    input_shape=(224, 224, 3),
    filters=(64, 192, 384, 256, 256),
    lrn=None,
    padding=2,
    name="alexnet_owt",
)
"""torchvision's: narrower, without groups and LRN, for 224×224; 61,100,840 parameters."""
