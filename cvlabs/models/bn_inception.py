"""BN-Inception: GoogLeNet with batch normalization, and two 3×3 convolutions in place of a 5×5.

Reference: Ioffe, Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
Covariate Shift", ICML 2015, appendix, figure 5.

Deviations:
    Convolutions keep their biases although normalization follows, as in the published weights (Caffe's).
    Poolings round up. The paper's first convolution is depthwise-separable; here it is an ordinary one, as
    there.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import (
    Block,
    Tensor,
    average_pool,
    batch_norm,
    conv2d,
    gap_head,
    max_pool_ceil,
    max_pool_same,
    relu,
)
from cvlabs.layers import SymmetricMaxPooling2D
from cvlabs.variables import values_last

# f1, f3_reduce, f3, f33_reduce, f33, pool_proj; a module without f1 and pool_proj halves the size.
MODULES: dict[str, tuple[int, int, int, int, int, int]] = {
    "3a": (64, 64, 64, 64, 96, 32),
    "3b": (64, 64, 96, 64, 96, 64),
    "3c": (0, 128, 160, 64, 96, 0),
    "4a": (224, 64, 96, 96, 128, 128),
    "4b": (192, 96, 128, 96, 128, 128),
    "4c": (160, 128, 160, 128, 160, 128),
    "4d": (96, 128, 192, 160, 192, 128),
    "4e": (0, 128, 192, 192, 256, 0),
    "5a": (352, 192, 320, 160, 224, 128),
    "5b": (352, 192, 320, 192, 224, 128),
}


def conv_bn_relu(x: Tensor, filters: int, kernel_size: int, *, strides: int = 1, name: str) -> Tensor:
    """A convolution with biases, BatchNormalization, ReLU."""
    x = conv2d(x, filters, kernel_size, strides=strides, use_bias=True, name=name)
    return relu(batch_norm(x, name=f"{name}_bn"), name=f"{name}_relu")


def max_pool(x: Tensor, *, name: str) -> Tensor:
    """Max pooling 3×3/1."""
    return SymmetricMaxPooling2D(3, 1, name=name)(x)


def inception_module(
    x: Tensor,
    f1: int,
    f3_reduce: int,
    f3: int,
    f33_reduce: int,
    f33: int,
    pool_proj: int,
    *,
    conv: Block = conv_bn_relu,
    pool: Block = average_pool,
    name: str,
) -> Tensor:
    """Four branches: 1×1; 1×1 → 3×3; 1×1 → 3×3 → 3×3; pooling → 1×1.

    Args:
        x: Features N×H×W×C.
        f1: Filters of the 1×1 branch; 0 leaves it out, and the module halves the size.
        f3_reduce: Filters of the reduction before the 3×3 convolution.
        f3: Filters of the 3×3 convolution.
        f33_reduce: Filters of the reduction before the two 3×3 convolutions.
        f33: Filters of each of these.
        pool_proj: Filters after the pooling; 0 where the pooled input passes as it is.
        conv: Convolution block, `conv(x, filters, kernel_size, strides=, name=)`.
        pool: Pooling without stride, `pool(x, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H×W×(f1 + f3 + f33 + pool_proj), or half the size and f3 + f33 + C channels.
    """
    strides = 1 if f1 else 2
    branches = [conv(x, f1, 1, name=f"{name}_1x1")] if f1 else []
    y = conv(x, f3_reduce, 1, name=f"{name}_3x3_reduce")
    branches.append(conv(y, f3, 3, strides=strides, name=f"{name}_3x3"))
    y = conv(x, f33_reduce, 1, name=f"{name}_3x3x2_reduce")
    y = conv(y, f33, 3, name=f"{name}_3x3x2_1")
    branches.append(conv(y, f33, 3, strides=strides, name=f"{name}_3x3x2_2"))
    if f1:
        branches.append(conv(pool(x, name=f"{name}_pool"), pool_proj, 1, name=f"{name}_pool_proj"))
    else:
        branches.append(max_pool_same(x, name=f"{name}_pool"))  # for even sizes what rounding up gives
    return layers.Concatenate(name=f"{name}_concat")(branches)


@values_last
def bn_inception_of(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    modules: dict[str, tuple[int, int, int, int, int, int]] = MODULES,
    conv: Block = conv_bn_relu,
    name: str = "bn_inception",
) -> keras.Model:
    """Builds a BN-Inception.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        modules: The widths of each module; the last one pools by maximum.
        conv: Convolution block of the whole network.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, 64, 7, strides=2, name="stem_conv1")  # 112×112×64
    x = max_pool_ceil(x, name="stem_pool1")  # 56×56×64
    x = conv(x, 64, 1, name="stem_conv2_reduce")
    x = conv(x, 192, 3, name="stem_conv2")  # 56×56×192
    x = max_pool_ceil(x, name="stem_pool2")  # 28×28×192
    last = list(modules)[-1]
    for module, widths in modules.items():
        pool = max_pool if module == last else average_pool
        x = inception_module(x, *widths, conv=conv, pool=pool, name=f"inception_{module}")
    return keras.Model(inputs, gap_head(x, classes), name=name)


bn_inception = partial(bn_inception_of, name="bn_inception")
"""11,295,240 parameters."""
