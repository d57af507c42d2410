"""VGG: nothing but 3×3 convolutions, two or more in place of a large one, and so deeper.

Reference: Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", ICLR
2015, table 1.

Deviations:
    The variants with BatchNormalization (`vgg11_bn` …) are torchvision's, with its epsilon of 1e-5.
    The last map is flattened as it is, so for other input sizes `head_fc6` has another size too.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, batch_norm, conv2d, relu
from cvlabs.layers import LocalResponseNormalization
from cvlabs.models.alexnet import dense_head
from cvlabs.variables import values_last

FILTERS = (64, 128, 256, 512, 512)


def conv_relu(x: Tensor, filters: int, kernel_size: int, *, name: str) -> Tensor:
    """A convolution with biases, then ReLU: the paper's form."""
    return layers.Conv2D(filters, kernel_size, padding="same", activation="relu", name=name)(x)


def conv_bn_relu(x: Tensor, filters: int, kernel_size: int, *, name: str) -> Tensor:
    """A convolution with biases, BatchNormalization, ReLU: torchvision's form."""
    x = conv2d(x, filters, kernel_size, use_bias=True, name=name)
    return relu(batch_norm(x, name=f"{name}_bn"), name=f"{name}_relu")


@values_last
def vgg(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    stages: tuple[tuple[int, ...], ...],
    filters: tuple[int, ...] = FILTERS,
    conv: Block = conv_relu,
    lrn: bool = False,
    hidden: int = 4096,
    name: str = "vgg",
) -> keras.Model:
    """Builds a VGG; the variants below say what they change.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        stages: The kernel sizes of each stage's convolutions.
        filters: The filters of each stage.
        conv: Convolution block, `conv(x, filters, kernel_size, name=)`.
        lrn: Whether the first convolution is followed by local response normalization.
        hidden: Width of the two hidden dense layers.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = x = keras.Input(input_shape, name="image")
    for stage, (kernels, width) in enumerate(zip(stages, filters, strict=True), 1):
        for i, kernel_size in enumerate(kernels, 1):
            x = conv(x, width, kernel_size, name=f"conv{stage}_{i}")
            if lrn and (stage, i) == (1, 1):
                x = LocalResponseNormalization(name="lrn")(x)
        x = layers.MaxPooling2D(2, name=f"pool{stage}")(x)  # 112, 56, 28, 14, 7
    return keras.Model(inputs, dense_head(x, classes, hidden=hidden), name=name)


A = ((3,), (3,), (3, 3), (3, 3), (3, 3))
B = ((3, 3), (3, 3), (3, 3), (3, 3), (3, 3))
C = ((3, 3), (3, 3), (3, 3, 1), (3, 3, 1), (3, 3, 1))
D = ((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3))
E = ((3, 3), (3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3))

vgg11 = partial(vgg, stages=A, name="vgg11")
"""Configuration A: 132,863,336 parameters."""

vgg11_lrn = partial(vgg, stages=A, lrn=True, name="vgg11_lrn")
"""Configuration A-LRN, which showed that the normalization does not help."""

vgg13 = partial(vgg, stages=B, name="vgg13")
"""Configuration B: 133,047,848 parameters."""

vgg16_c = partial(vgg, stages=C, name="vgg16_c")
"""Configuration C, with three 1×1 convolutions: 133,638,952 parameters."""

vgg16 = partial(vgg, stages=D, name="vgg16")
"""Configuration D: 138,357,544 parameters."""

vgg19 = partial(vgg, stages=E, name="vgg19")
"""Configuration E: 143,667,240 parameters."""

vgg11_bn = partial(vgg, stages=A, conv=conv_bn_relu, name="vgg11_bn")
"""132,868,840 parameters."""

vgg13_bn = partial(vgg, stages=B, conv=conv_bn_relu, name="vgg13_bn")
"""133,053,736 parameters."""

vgg16_bn = partial(vgg, stages=D, conv=conv_bn_relu, name="vgg16_bn")
"""138,365,992 parameters."""

vgg19_bn = partial(vgg, stages=E, conv=conv_bn_relu, name="vgg19_bn")
"""143,678,248 parameters."""
