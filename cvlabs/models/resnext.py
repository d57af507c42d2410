"""ResNeXt: many narrow paths in one block, which is a grouped convolution.

Reference: Xie et al., "Aggregated Residual Transformations for Deep Neural Networks", CVPR 2017, table 1 and
figure 3 (c).

Deviations:
    The stride is in the 3×3 convolution, as in the authors' code.
    `resnext101_32x8d` is not in the paper; it came with later weights of the same authors.
"""

from functools import partial

from cvlabs.models.resnet import bottleneck_block, resnet


def _block(groups: int, base_width: int) -> partial:
    return partial(bottleneck_block, groups=groups, base_width=base_width, stride_at=2)


resnext50_32x4d = partial(resnet, depths=(3, 4, 6, 3), block=_block(32, 4), name="resnext50_32x4d")
"""25,028,904 parameters."""

resnext101_32x4d = partial(resnet, depths=(3, 4, 23, 3), block=_block(32, 4), name="resnext101_32x4d")
"""44,177,704 parameters."""

resnext101_64x4d = partial(resnet, depths=(3, 4, 23, 3), block=_block(64, 4), name="resnext101_64x4d")
"""83,455,272 parameters."""

resnext101_32x8d = partial(resnet, depths=(3, 4, 23, 3), block=_block(32, 8), name="resnext101_32x8d")
"""88,791,336 parameters."""
