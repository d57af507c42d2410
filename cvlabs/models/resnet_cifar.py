"""ResNets for images of 32×32: three stages of 2n layers, with and without shortcuts.

Reference: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2 and table 6.

Deviations: none.
"""

from functools import partial

import keras

from cvlabs.blocks import Block, batch_norm, conv2d, gap_head, relu
from cvlabs.models.resnet import basic_block, padded, plain
from cvlabs.variables import values_last


@values_last
def resnet_cifar(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    classes: int = 10,
    *,
    depth: int,
    filters: int = 16,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    shortcut: Block = padded,
    name: str = "resnet_cifar",
) -> keras.Model:
    """Builds a ResNet of 6n + 2 layers.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        depth: Layers with weights: 20, 32, 44, 56, 110, or any other 6n + 2.
        filters: Width of the first stage; each stage doubles it.
        conv: Convolution of the whole network.
        norm: Normalization of the whole network.
        shortcut: `padded` (option A, the paper's), `projection`, or `plain`.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.

    Raises:
        ValueError: `depth` is not 6n + 2.
    """
    blocks, rest = divmod(depth - 2, 6)
    if rest or blocks < 1:
        raise ValueError(f"depth must be 6n + 2 with n at least 1, such as 20 or 56; got {depth}.")
    inputs = keras.Input(input_shape, name="image")
    x = conv(inputs, filters, 3, name="stem_conv")  # 32×32×16
    x = relu(norm(x, name="stem_bn"), name="stem_relu")
    for stage in (1, 2, 3):
        for i in range(1, blocks + 1):
            strides = 2 if stage > 1 and i == 1 else 1
            width = filters * 2 ** (stage - 1)
            x = basic_block(
                x, width, strides, conv=conv, norm=norm, shortcut=shortcut, name=f"stage{stage}_block{i}"
            )
    return keras.Model(inputs, gap_head(x, classes), name=name)


resnet20_cifar = partial(resnet_cifar, depth=20, name="resnet20_cifar")
"""269,722 parameters."""

resnet32_cifar = partial(resnet_cifar, depth=32, name="resnet32_cifar")
"""464,154 parameters."""

resnet44_cifar = partial(resnet_cifar, depth=44, name="resnet44_cifar")
"""658,586 parameters."""

resnet56_cifar = partial(resnet_cifar, depth=56, name="resnet56_cifar")
"""853,018 parameters."""

resnet110_cifar = partial(resnet_cifar, depth=110, name="resnet110_cifar")
"""1,727,962 parameters."""

plain20_cifar = partial(resnet20_cifar, shortcut=plain, name="plain20_cifar")
"""`resnet20_cifar` without shortcuts; option A has no parameters, so both have as many."""

plain32_cifar = partial(resnet32_cifar, shortcut=plain, name="plain32_cifar")
"""`resnet32_cifar` without shortcuts."""

plain44_cifar = partial(resnet44_cifar, shortcut=plain, name="plain44_cifar")
"""`resnet44_cifar` without shortcuts."""

plain56_cifar = partial(resnet56_cifar, shortcut=plain, name="plain56_cifar")
"""`resnet56_cifar` without shortcuts: the paper's example of a network that is too deep to train well."""

plain110_cifar = partial(resnet110_cifar, shortcut=plain, name="plain110_cifar")
"""`resnet110_cifar` without shortcuts."""
