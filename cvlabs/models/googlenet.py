"""GoogLeNet: efficiency by Inception modules, 1×1 reductions, and no hidden dense layers.

Reference: Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, table 1 and figures 2 and 3.

Deviations:
    The paper names local response normalization but gives no constants: these are AlexNet's.
    The paper does not say how its strided layers pad: "same" here, as in the framework it was trained in.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import (
    Block,
    Tensor,
    batch_norm,
    conv2d,
    conv2d_same,
    local_response_norm,
    max_pool_ceil,
    max_pool_same,
    part,
    relu,
)
from cvlabs.variables import values_last

# Table 1: f1, f3_reduce, f3, f5_reduce, f5, pool_proj. "pool" is a max pooling 3×3/2 between modules.
INCEPTION_MODULES: dict[str, tuple[int, int, int, int, int, int]] = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
_POOL_AFTER = ("3b", "4e")
_AUXILIARY_AFTER = {"4a": "aux1", "4d": "aux2"}


def conv_relu(x: Tensor, filters: int, kernel_size: int, *, strides: int = 1, name: str | None) -> Tensor:
    """A convolution with biases, then ReLU: the paper's form."""
    return layers.Conv2D(filters, kernel_size, strides=strides, padding="same", activation="relu", name=name)(
        x
    )


def conv_bn_relu(
    x: Tensor,
    filters: int,
    kernel_size: int,
    *,
    strides: int = 1,
    conv: Block = conv2d_same,
    name: str | None,
) -> Tensor:
    """A convolution without biases, BatchNormalization (epsilon 1e-3), then ReLU."""
    x = conv(x, filters, kernel_size, strides=strides, name=name)
    return relu(batch_norm(x, epsilon=1e-3, name=part(name, "bn")), name=part(name, "relu"))


def stem(
    x: Tensor,
    *,
    conv: Block = conv_relu,
    pool: Block = max_pool_same,
    lrn: bool = True,
    name: str | None = "stem",
) -> Tensor:
    """The aggressive stem: an eighth of the size in three convolutions.

    Args:
        x: Images, for example N×224×224×3.
        conv: Convolution block, `conv(x, filters, kernel_size, strides=, name=)`.
        pool: Pooling with stride 2, `pool(x, name=)`.
        lrn: Whether to normalize after the first pooling and before the second.
        name: Prefix of the layer names.

    Returns:
        Features, for example N×28×28×192.
    """
    x = conv(x, 64, 7, strides=2, name=part(name, "conv1"))  # 112×112×64
    x = pool(x, name=part(name, "pool1"))  # 56×56×64
    if lrn:
        x = local_response_norm(x, name=part(name, "lrn1"))
    x = conv(x, 64, 1, name=part(name, "conv2_reduce"))
    x = conv(x, 192, 3, name=part(name, "conv2"))  # 56×56×192
    if lrn:
        x = local_response_norm(x, name=part(name, "lrn2"))
    return pool(x, name=part(name, "pool2"))  # 28×28×192


def inception_module(
    x: Tensor,
    f1: int,
    f3_reduce: int,
    f3: int,
    f5_reduce: int,
    f5: int,
    pool_proj: int,
    *,
    conv: Block = conv_relu,
    kernel_5: int = 5,
    name: str | None = None,
) -> Tensor:
    """Four parallel branches, concatenated: 1×1; 1×1 → 3×3; 1×1 → 5×5; max pooling → 1×1.

    Args:
        x: Features N×H×W×C.
        f1: Filters of the 1×1 branch.
        f3_reduce: Filters of the reduction before the 3×3 convolution.
        f3: Filters of the 3×3 convolution.
        f5_reduce: Filters of the reduction before the 5×5 convolution.
        f5: Filters of the 5×5 convolution.
        pool_proj: Filters of the 1×1 convolution after the pooling.
        conv: Convolution block, `conv(x, filters, kernel_size, strides=, name=)`.
        kernel_5: Kernel of the third branch; torchvision's network has 3 there.
        name: Prefix of the layer names; Keras chooses the names if left out.

    Returns:
        Features N×H×W×(f1 + f3 + f5 + pool_proj).
    """
    branch1 = conv(x, f1, 1, name=part(name, "1x1"))
    branch3 = conv(x, f3_reduce, 1, name=part(name, "3x3_reduce"))
    branch3 = conv(branch3, f3, 3, name=part(name, "3x3"))
    branch5 = conv(x, f5_reduce, 1, name=part(name, "5x5_reduce"))
    branch5 = conv(branch5, f5, kernel_5, name=part(name, "5x5"))
    pooled = layers.MaxPooling2D(3, 1, padding="same", name=part(name, "pool"))(x)
    pooled = conv(pooled, pool_proj, 1, name=part(name, "pool_proj"))
    return layers.Concatenate(name=part(name, "concat"))([branch1, branch3, branch5, pooled])


def main_head(x: Tensor, classes: int, dropout_rate: float = 0.4, *, name: str | None = None) -> Tensor:
    """Global average pooling, dropout and one dense layer: logits N×classes of features N×H×W×C."""
    x = layers.GlobalAveragePooling2D(name=part(name, "pool"))(x)
    x = layers.Dropout(dropout_rate, name=part(name, "dropout"))(x)
    return layers.Dense(classes, name=part(name, "logits"))(x)


def average_pool_5x5(x: Tensor, *, name: str | None) -> Tensor:
    """Average pooling 5×5/3, which takes 14×14 to 4×4: the paper's."""
    return layers.AveragePooling2D(5, 3, name=name)(x)


def average_pool_to_4x4(x: Tensor, *, name: str | None) -> Tensor:
    """Adaptive average pooling to 4×4: torchvision's, for inputs of any size."""
    return layers.AdaptiveAveragePooling2D(4, name=name)(x)


def auxiliary_head(
    x: Tensor,
    classes: int,
    *,
    conv: Block = conv_relu,
    pool: Block = average_pool_5x5,
    name: str | None = None,
) -> Tensor:
    """A small classifier halfway, which feeds gradient into the middle of the network during training.

    Args:
        x: Features N×H×W×C, in the paper N×14×14×512 and N×14×14×528.
        classes: Number of classes.
        conv: Convolution block, `conv(x, filters, kernel_size, strides=, name=)`.
        pool: Average pooling, `pool(x, name=)`.
        name: Prefix of the layer names; Keras chooses the names if left out.

    Returns:
        Logits N×classes.
    """
    x = pool(x, name=part(name, "pool"))  # 4×4×C
    x = conv(x, 128, 1, name=part(name, "conv"))
    x = layers.Flatten(name=part(name, "flatten"))(x)
    x = layers.Dense(1024, activation="relu", name=part(name, "fc"))(x)
    x = layers.Dropout(0.7, name=part(name, "dropout"))(x)
    return layers.Dense(classes, name=part(name, "logits"))(x)


@values_last
def googlenet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    conv: Block = conv_relu,
    pool: Block = max_pool_same,
    last_pool_size: int = 3,
    auxiliary_pool: Block = average_pool_5x5,
    kernel_5: int = 5,
    lrn: bool = True,
    dropout_rate: float = 0.4,
    auxiliary_heads: bool = False,
    name: str = "googlenet",
) -> keras.Model:
    """Builds a GoogLeNet: by default the paper's, with 6,998,552 parameters, 13,378,280 with both heads.

    The variants below say what they change.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        conv: Convolution block of the whole network.
        pool: Pooling with stride 2.
        last_pool_size: Window of the pooling after module 4e.
        auxiliary_pool: Average pooling of the auxiliary heads.
        kernel_5: Kernel of the modules' third branch.
        lrn: Whether the stem normalizes.
        dropout_rate: Dropout before the logits.
        auxiliary_heads: Whether to add the two auxiliary classifiers.
        name: Name of the model.

    Returns:
        A functional model. Its output is the logits N×classes; with auxiliary heads a list of three: the
        main logits, those after module 4a, those after module 4d.
    """
    inputs = keras.Input(input_shape, name="image")
    x = stem(inputs, conv=conv, pool=pool, lrn=lrn)
    auxiliary = []
    for module, widths in INCEPTION_MODULES.items():
        x = inception_module(x, *widths, conv=conv, kernel_5=kernel_5, name=f"inception_{module}")
        if auxiliary_heads and module in _AUXILIARY_AFTER:
            head = auxiliary_head(x, classes, conv=conv, pool=auxiliary_pool, name=_AUXILIARY_AFTER[module])
            auxiliary.append(head)
        if module in _POOL_AFTER:
            size = last_pool_size if module == _POOL_AFTER[-1] else 3
            x = pool(x, size, name=f"pool_after_{module}")
    outputs = main_head(x, classes, dropout_rate, name="head")
    return keras.Model(inputs, [outputs, *auxiliary] if auxiliary_heads else outputs, name=name)


googlenet_bn = partial(googlenet, conv=conv_bn_relu, lrn=False, name="googlenet_bn")
"""BatchNormalization in place of biases and LRN: 7,005,832 trainable parameters."""

googlenet_tv = partial(
    googlenet,
    conv=partial(conv_bn_relu, conv=conv2d),
    pool=max_pool_ceil,
    last_pool_size=2,
    auxiliary_pool=average_pool_to_4x4,
    kernel_5=3,
    lrn=False,
    dropout_rate=0.2,
    name="googlenet_tv",
)
"""torchvision's: also 3×3 for 5×5, and torch's padding; 6,624,904 trainable, 13,004,888 with the heads."""
