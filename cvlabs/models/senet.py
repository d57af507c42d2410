"""SENet: a gate for every channel, which the whole map decides. Winner of ILSVRC 2017.

Reference: Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018, table 1; SENet-154: section 6.1 and
appendix.

Deviations:
    As in the authors' code, the gates' layers have biases, and the stem's pooling rounds up instead of
    padding. SE-ResNets halve in a block's first 1×1 convolution, SE-ResNeXts and SENet-154 in the 3×3, as
    there.
"""

from functools import partial

from cvlabs.blocks import Block, Tensor, batch_norm, conv2d, gap_head, max_pool_ceil, relu, squeeze_excite
from cvlabs.models.resnet import bottleneck_block, projection, resnet, stem

REDUCTION = 16


def gate(x: Tensor, *, name: str) -> Tensor:
    """The squeeze-and-excitation gate with the paper's reduction."""
    return squeeze_excite(x, x.shape[-1] // REDUCTION, name=name)


def stem_3x3(x: Tensor, filters: int, *, conv: Block, norm: Block) -> Tensor:
    """SENet-154's stem: three convolutions 3×3 in place of one 7×7."""
    for i, (width, strides) in enumerate(((filters, 2), (filters, 1), (2 * filters, 1)), 1):
        x = conv(x, width, 3, strides=strides, name=f"stem_conv{i}")
        x = relu(norm(x, name=f"stem_bn{i}"), name=f"stem_relu{i}")  # 112×112×64, …, 112×112×128
    return max_pool_ceil(x, name="stem_pool")  # 56×56×128


def wide_bottleneck_block(
    x: Tensor,
    filters: int,
    strides: int,
    *,
    groups: int = 64,
    conv: Block = conv2d,
    norm: Block = batch_norm,
    shortcut: Block = projection,
    name: str,
) -> Tensor:
    """SENet-154's block: the grouped 3×3 is as wide as the output, the 1×1 before it half of that."""
    y = conv(x, 2 * filters, 1, name=f"{name}_conv1")
    y = relu(norm(y, name=f"{name}_bn1"), name=f"{name}_relu1")
    y = conv(y, 4 * filters, 3, strides=strides, groups=groups, name=f"{name}_conv2")
    y = relu(norm(y, name=f"{name}_bn2"), name=f"{name}_relu2")
    y = conv(y, 4 * filters, 1, name=f"{name}_conv3")
    y = gate(norm(y, name=f"{name}_bn3"), name=name)
    y = shortcut(x, y, strides, conv=conv, norm=norm, name=name)
    return relu(y, name=f"{name}_relu3")


def projection_3x3(x: Tensor, y: Tensor, strides: int, *, conv: Block, norm: Block, name: str) -> Tensor:
    """SENet-154's shortcut: where it strides, its convolution is 3×3."""
    kernel_size = 3 if strides > 1 else 1
    return projection(x, y, strides, conv=conv, norm=norm, kernel_size=kernel_size, name=name)


senet = partial(resnet, stem=partial(stem, pool=max_pool_ceil))
"""Any network of the family; `depths` and `block` are to be said, as for `cvlabs.models.resnet.resnet`."""

_se = partial(bottleneck_block, gate=gate)
_se_32x4d = partial(_se, groups=32, base_width=4, stride_at=2)

se_resnet50 = partial(senet, depths=(3, 4, 6, 3), block=_se, name="se_resnet50")
"""28,088,024 parameters."""

se_resnet101 = partial(senet, depths=(3, 4, 23, 3), block=_se, name="se_resnet101")
"""49,326,872 parameters."""

se_resnet152 = partial(senet, depths=(3, 8, 36, 3), block=_se, name="se_resnet152")
"""66,821,848 parameters."""

se_resnext50_32x4d = partial(senet, depths=(3, 4, 6, 3), block=_se_32x4d, name="se_resnext50_32x4d")
"""27,559,896 parameters."""

se_resnext101_32x4d = partial(senet, depths=(3, 4, 23, 3), block=_se_32x4d, name="se_resnext101_32x4d")
"""48,955,416 parameters."""

senet154 = partial(
    resnet,
    depths=(3, 8, 36, 3),
    block=wide_bottleneck_block,
    stem=stem_3x3,
    head=partial(gap_head, dropout_rate=0.2),
    shortcut=projection_3x3,
    name="senet154",
)
"""115,088,984 parameters."""
