"""NASNet: two cells found by architecture search on CIFAR-10, stacked for ImageNet.

Reference: Zoph et al., "Learning Transferable Architectures for Scalable Image Recognition", CVPR 2018,
figure 4 (NASNet-A) and appendix A.

Deviations:
    No drop path and no auxiliary head, which served training only.
    The zeros around count in the average poolings that halve the size, as in both published ports.
"""

from functools import partial

import keras
from keras import layers

from cvlabs.blocks import (
    Block,
    Tensor,
    average_pool_same,
    batch_norm,
    conv2d_same,
    depthwise_conv2d_same,
    gap_head,
    max_pool_same,
    relu,
)
from cvlabs.variables import values_last

nasnet_norm = partial(batch_norm, epsilon=1e-3)
"""Normalization with NASNet's epsilon."""


def separable(
    x: Tensor, filters: int, kernel_size: int, strides: int = 1, *, norm: Block, name: str
) -> Tensor:
    """ReLU, separable convolution, normalization, twice; the first one strides."""
    for i, step in enumerate((strides, 1), 1):
        x = relu(x, name=f"{name}_relu{i}")
        x = depthwise_conv2d_same(x, kernel_size, strides=step, name=f"{name}_depthwise{i}")
        x = conv2d_same(x, filters, 1, name=f"{name}_pointwise{i}")
        x = norm(x, name=f"{name}_bn{i}")
    return x


def squeeze(x: Tensor, filters: int, *, norm: Block, name: str) -> Tensor:
    """ReLU, 1×1 convolution, normalization."""
    x = conv2d_same(relu(x, name=f"{name}_relu"), filters, 1, name=f"{name}_conv")
    return norm(x, name=f"{name}_bn")


def adjust(p: Tensor, filters: int, *, halve: bool, norm: Block, name: str) -> Tensor:
    """Gives the output of the cell before the last so many filters, and half its size if the last has that.

    Then every second pixel is read twice, from two grids one pixel apart.
    """
    if not halve:
        return p if p.shape[-1] == filters else squeeze(p, filters, norm=norm, name=name)
    p = relu(p, name=f"{name}_relu")
    one = layers.AveragePooling2D(1, 2, name=f"{name}_grid1")(p)
    one = conv2d_same(one, filters // 2, 1, name=f"{name}_conv1")
    two = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f"{name}_pad")(p)
    two = layers.Cropping2D(((1, 0), (1, 0)), name=f"{name}_crop")(two)
    two = layers.AveragePooling2D(1, 2, name=f"{name}_grid2")(two)
    two = conv2d_same(two, filters // 2, 1, name=f"{name}_conv2")
    return norm(layers.Concatenate(name=f"{name}_concat")([one, two]), name=f"{name}_bn")


def average_pool_halving(x: Tensor, *, name: str) -> Tensor:
    """Average pooling 3×3/2 with "same" padding that counts, as both published ports have it."""
    return layers.AveragePooling2D(3, 2, name=name)(pad_same(x, name=name))


def pad_same(x: Tensor, *, name: str) -> Tensor:
    """Zeros around, as many as a window 3×3/2 with "same" padding needs."""
    before = tuple((size % 2, 1) for size in x.shape[1:3])
    return layers.ZeroPadding2D(before, name=f"{name}_pad")(x)


def normal_cell(
    x: Tensor, p: Tensor, filters: int, *, halve: bool = False, norm: Block = nasnet_norm, name: str
) -> Tensor:
    """NASNet-A's normal cell.

    Args:
        x: Output of the last cell, N×H×W×C.
        p: Output of the cell before.
        filters: Filters of every operation in the cell.
        halve: Whether `p` is twice as large as `x`, as behind a reduction.
        norm: Normalization, `norm(x, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H×W×6·filters.
    """
    p = adjust(p, filters, halve=halve, norm=norm, name=f"{name}_adjust")
    h = squeeze(x, filters, norm=norm, name=f"{name}_squeeze")

    def conv(x: Tensor, kernel_size: int, which: str) -> Tensor:
        return separable(x, filters, kernel_size, norm=norm, name=f"{name}_{which}")

    def pool(x: Tensor, which: str) -> Tensor:
        return average_pool_same(x, name=f"{name}_{which}")

    pairs = [
        (conv(h, 5, "left1"), conv(p, 3, "right1")),
        (conv(p, 5, "left2"), conv(p, 3, "right2")),
        (pool(h, "left3"), p),
        (pool(p, "left4"), pool(p, "right4")),
        (conv(h, 3, "left5"), h),
    ]
    sums = [layers.Add(name=f"{name}_add{i}")(list(pair)) for i, pair in enumerate(pairs, 1)]
    return layers.Concatenate(name=f"{name}_concat")([p, *sums])


def reduction_cell(
    x: Tensor,
    p: Tensor,
    filters: int,
    *,
    halve: bool = False,
    norm: Block = nasnet_norm,
    max_pool: Block = max_pool_same,
    average_pool: Block = average_pool_halving,
    name: str,
) -> Tensor:
    """NASNet-A's reduction cell.

    Args:
        x: Output of the last cell, N×H×W×C.
        p: Output of the cell before.
        filters: Filters of every operation in the cell.
        halve: Whether `p` is twice as large as `x`, as behind a reduction.
        norm: Normalization, `norm(x, name=)`.
        max_pool: Max pooling 3×3/2, `max_pool(x, name=)`.
        average_pool: Average pooling 3×3/2, `average_pool(x, name=)`.
        name: Prefix of the layer names.

    Returns:
        Features N×H/2×W/2×4·filters.
    """
    if p is not x:  # at the beginning there is only one
        p = adjust(p, filters, halve=halve, norm=norm, name=f"{name}_adjust")
    h = squeeze(x, filters, norm=norm, name=f"{name}_squeeze")

    def conv(x: Tensor, kernel_size: int, strides: int, which: str) -> Tensor:
        return separable(x, filters, kernel_size, strides, norm=norm, name=f"{name}_{which}")

    def add(left: Tensor, right: Tensor, number: int) -> Tensor:
        return layers.Add(name=f"{name}_add{number}")([left, right])

    one = add(conv(h, 5, 2, "left1"), conv(p, 7, 2, "right1"), 1)
    two = add(max_pool(h, name=f"{name}_left2"), conv(p, 7, 2, "right2"), 2)
    three = add(average_pool(h, name=f"{name}_left3"), conv(p, 5, 2, "right3"), 3)
    four = add(average_pool_same(one, name=f"{name}_left4"), two, 4)
    five = add(conv(one, 3, 1, "left5"), max_pool(h, name=f"{name}_right5"), 5)
    return layers.Concatenate(name=f"{name}_concat")([two, three, four, five])


@values_last
def nasnet(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    classes: int = 1000,
    *,
    repeats: int,
    final_filters: int,
    stem_filters: int,
    skip_reduction: bool,
    reduction: Block = reduction_cell,
    dropout_rate: float = 0.0,
    name: str = "nasnet",
) -> keras.Model:
    """Builds a NASNet-A N @ F.

    Args:
        input_shape: Height, width and channels of the images.
        classes: Number of classes.
        repeats: Normal cells of each of the three stages: N.
        final_filters: Channels of the last features: F.
        stem_filters: Filters of the first convolution.
        skip_reduction: Whether the cell after a reduction reads, as the one before the last, the input of the
            reduction's input.
        reduction: `reduction_cell`, with bound poolings if need be.
        dropout_rate: Dropout before the logits.
        name: Name of the model.

    Returns:
        A functional model from images to logits N×classes.

    Raises:
        ValueError: `final_filters` is no multiple of 96.
    """
    if final_filters % 96:
        raise ValueError(f"final_filters must be a multiple of 96, such as 1056; got {final_filters}.")
    filters = final_filters // 24
    inputs = keras.Input(input_shape, name="image")
    x = layers.Conv2D(stem_filters, 3, strides=2, use_bias=False, name="stem_conv")(inputs)  # 165×165×96
    x = nasnet_norm(x, name="stem_bn")
    p, x = x, reduction(x, x, filters // 4, name="stem_cell1")  # 83×83
    p, x = x, reduction(x, p, filters // 2, halve=True, name="stem_cell2")  # 42×42
    number = 0
    for stage in range(3):
        if stage:
            before, p, x = p, x, reduction(x, p, filters, name=f"reduction{stage}")  # 21×21, 11×11
            p = before if skip_reduction else p
        for i in range(repeats):
            number += 1
            p, x = x, normal_cell(x, p, filters, halve=i == 0, name=f"cell{number}")
        filters *= 2
    x = relu(x, name="final_relu")
    return keras.Model(inputs, gap_head(x, classes, dropout_rate=dropout_rate), name=name)


nasnet_mobile = partial(
    nasnet, repeats=4, final_filters=1056, stem_filters=32, skip_reduction=False, name="nasnet_mobile"
)
"""NASNet-A 4 @ 1056: 5,289,978 parameters."""

nasnet_large = partial(
    nasnet,
    input_shape=(331, 331, 3),
    repeats=6,
    final_filters=4032,
    stem_filters=96,
    skip_reduction=True,
    name="nasnet_large",
)
"""NASNet-A 6 @ 4032: 88,753,150 parameters."""
