"""DenseNet: every layer reads the outputs of all before it, and adds only a few channels.

Reference: Huang et al., "Densely Connected Convolutional Networks", CVPR 2017, table 1; CIFAR: section 4.2.

Deviations: none. `densenet161` (growth 48) is from the authors' repository.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import Block, Tensor, batch_norm, conv2d, gap_head, max_pool, relu
from cvlabs.variables import values_last

BOTTLENECK = 4  # a layer's 1×1 convolution has this many times the growth


def dense_layer(x: Tensor, growth: int, *, conv: Block, norm: Block, name: str) -> Tensor:
    """Normalization, ReLU, 1×1, normalization, ReLU, 3×3; its `growth` channels join the input's."""
    y = relu(norm(x, name=f"{name}_bn1"), name=f"{name}_relu1")
    y = conv(y, BOTTLENECK * growth, 1, name=f"{name}_conv1")
    y = relu(norm(y, name=f"{name}_bn2"), name=f"{name}_relu2")
    y = conv(y, growth, 3, name=f"{name}_conv2")
    return layers.Concatenate(name=f"{name}_concat")([x, y])


def transition(x: Tensor, *, conv: Block, norm: Block, name: str) -> Tensor:
    """Half the channels, half the size."""
    x = relu(norm(x, name=f"{name}_bn"), name=f"{name}_relu")
    x = conv(x, x.shape[-1] // 2, 1, name=f"{name}_conv")
    return layers.AveragePooling2D(2, name=f"{name}_pool")(x)


def imagenet_stem(x: Tensor, growth: int, *, conv: Block, norm: Block) -> Tensor:
    """A convolution 7×7/2 and a max pooling 3×3/2: a quarter of the size."""
    x = conv(x, 2 * growth, 7, strides=2, name="stem_conv")  # 112×112×2k
    x = relu(norm(x, name="stem_bn"), name="stem_relu")
    return max_pool(x, name="stem_pool")  # 56×56×2k


def cifar_stem(x: Tensor, growth: int, *, conv: Block, norm: Block) -> Tensor:
    """One convolution 3×3, and the size stays."""
    return conv(x, 2 * growth, 3, name="stem_conv")  # 32×32×2k


@values_last
def densenet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    depths: tuple[int, ...],
    growth: int = 32,
    stem: Block = imagenet_stem,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    name: str = "densenet",
) -> keras.Model:
    """Builds a DenseNet-BC: with bottlenecks, and with transitions that halve the channels.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        depths: Number of dense layers in each block.
        growth: Channels that each layer adds, k in the paper.
        stem: `imagenet_stem` or `cifar_stem`.
        conv: Convolution of the whole network.
        norm: Normalization of the whole network.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.
    """
    inputs = keras.Input(input_shape, name="image")
    x = stem(inputs, growth, conv=conv, norm=norm)
    for block, depth in enumerate(depths, 1):
        for i in range(1, depth + 1):
            x = dense_layer(x, growth, conv=conv, norm=norm, name=f"block{block}_layer{i}")
        if block < len(depths):
            x = transition(x, conv=conv, norm=norm, name=f"transition{block}")
    x = relu(norm(x, name="final_bn"), name="final_relu")
    return keras.Model(inputs, gap_head(x, classes), name=name)


densenet121 = partial(densenet, depths=(6, 12, 24, 16), name="densenet121")
"""7,978,856 parameters."""

densenet169 = partial(densenet, depths=(6, 12, 32, 32), name="densenet169")
"""14,149,480 parameters."""

densenet201 = partial(densenet, depths=(6, 12, 48, 32), name="densenet201")
"""20,013,928 parameters."""

densenet264 = partial(densenet, depths=(6, 12, 64, 48), name="densenet264")
"""33,337,704 parameters."""

densenet161 = partial(densenet, depths=(6, 12, 36, 24), growth=48, name="densenet161")
"""28,681,000 parameters."""

densenet_bc_cifar = partial(
    densenet,
    input_shape=(32, 32, 3),
    classes=10,
    depths=(16, 16, 16),
    growth=12,
    stem=cifar_stem,
    name="densenet_bc_cifar",
)
"""DenseNet-BC with k = 12 and 100 layers: 769,162 parameters."""
