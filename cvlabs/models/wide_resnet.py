"""Wide ResNets: fewer layers and more channels, which trains faster than going deeper.

Reference: Zagoruyko, Komodakis, "Wide Residual Networks", BMVC 2016, table 1 and section 3.2 (ImageNet).

Deviations:
    `wide_resnet50_2` and `wide_resnet101_2` halve in the 3×3 convolution of a block, as the authors' and
    torchvision's weights do; `wide_resnet101_2` is torchvision's and not in the paper.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, batch_norm, conv2d, gap_head, relu
from cvlabs.models.resnet import bottleneck_block, resnet
from cvlabs.variables import values_last


def wide_block(
    x: Tensor,
    filters: int,
    strides: int,
    *,
    dropout_rate: float = 0.0,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    name: str,
) -> Tensor:
    """Normalization and ReLU before each of two 3×3 convolutions, dropout between, and the input added.

    Args:
        x: Features N×H×W×C.
        filters: Filters of both convolutions.
        strides: Stride of the first.
        dropout_rate: Dropout between the convolutions.
        conv: Convolution, `conv(x, filters, kernel_size, strides=, name=)`.
        norm: Normalization, `norm(x, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H/strides×W/strides×filters.
    """
    before = relu(norm(x, name=f"{name}_bn1"), name=f"{name}_relu1")
    y = conv(before, filters, 3, strides=strides, name=f"{name}_conv1")
    y = relu(norm(y, name=f"{name}_bn2"), name=f"{name}_relu2")
    if dropout_rate:
        y = layers.Dropout(dropout_rate, name=f"{name}_dropout")(y)
    y = conv(y, filters, 3, name=f"{name}_conv2")
    if x.shape != y.shape:
        x = conv(before, filters, 1, strides=strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([x, y])


@values_last
def wrn_cifar(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    classes: int = 10,
    *,
    depth: int,
    width: int,
    dropout_rate: float = 0.0,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    name: str = "wrn_cifar",
) -> keras.Model:
    """Builds a WRN-depth-width for small images.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        depth: Convolutions, 6n + 4.
        width: How many times wider than 16, 32, 64 channels.
        dropout_rate: Dropout inside the blocks; the paper tries 0.3.
        conv: Convolution of the whole network.
        norm: Normalization of the whole network.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.

    Raises:
        ValueError: `depth` is not 6n + 4.
    """
    blocks, rest = divmod(depth - 4, 6)
    if rest or blocks < 1:
        raise ValueError(f"depth must be 6n + 4 with n at least 1, such as 16 or 28; got {depth}.")
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, 16, 3, name="stem_conv")  # 32×32×16
    for stage in (1, 2, 3):
        for i in range(1, blocks + 1):
            strides = 2 if stage > 1 and i == 1 else 1
            filters = 16 * width * 2 ** (stage - 1)
            prefix = f"stage{stage}_block{i}"
            x = wide_block(x, filters, strides, dropout_rate=dropout_rate, conv=conv, norm=norm, name=prefix)
    x = relu(norm(x, name="final_bn"), name="final_relu")
    return keras.Model(inputs, gap_head(x, classes), name=name)


_wide = partial(bottleneck_block, base_width=128, stride_at=2)

wide_resnet50_2 = partial(resnet, depths=(3, 4, 6, 3), block=_wide, name="wide_resnet50_2")
"""68,883,240 parameters: ResNet-50 with 3×3 convolutions of twice the width."""

wide_resnet101_2 = partial(resnet, depths=(3, 4, 23, 3), block=_wide, name="wide_resnet101_2")
"""126,886,696 parameters."""

wrn28_10_cifar = partial(wrn_cifar, depth=28, width=10, name="wrn28_10_cifar")
"""36,479,194 parameters."""
