"""A tiny variant of every builder: the same code, few and narrow blocks, for `test_contract.py`.

Each takes `input_shape` and `classes`, and bears the name of a full-size one.
"""

from functools import partial

from cvlabs.blocks import hard_silu
from cvlabs.models.alexnet import alexnet_of
from cvlabs.models.bn_inception import bn_inception_of
from cvlabs.models.densenet import cifar_stem, densenet
from cvlabs.models.efficientnet import efficientnet
from cvlabs.models.googlenet import googlenet, googlenet_bn, googlenet_tv
from cvlabs.models.inception_resnet_v2 import inception_resnet_v2
from cvlabs.models.inception_v3 import inception_v3
from cvlabs.models.inception_v4 import inception_v4
from cvlabs.models.mnasnet import mnasnet
from cvlabs.models.mobilenet import mobilenet
from cvlabs.models.mobilenet_v2 import mobilenet_v2
from cvlabs.models.mobilenet_v3 import mobilenet_v3
from cvlabs.models.nasnet import nasnet
from cvlabs.models.resnet import basic_block, bottleneck_block, padded, plain, resnet
from cvlabs.models.resnet_cifar import resnet_cifar
from cvlabs.models.resnet_v2 import normalized_stem, resnet_v2
from cvlabs.models.senet import gate, senet, senet154, wide_bottleneck_block
from cvlabs.models.shufflenet import shufflenet
from cvlabs.models.shufflenet_v2 import shufflenet_v2
from cvlabs.models.squeezenet import squeezenet
from cvlabs.models.vgg import A, C, conv_bn_relu, vgg
from cvlabs.models.wide_resnet import wrn_cifar
from cvlabs.models.xception import xception
from cvlabs.models.zfnet import zfnet_of

ONES = (1, 1, 1, 1)
NARROW = (4, 6, 8, 8, 8)
VGG = {"filters": NARROW, "hidden": 16}

TINY = {
    "alexnet": partial(alexnet_of, filters=NARROW, groups=2, hidden=16),
    "alexnet_owt": partial(alexnet_of, filters=NARROW, lrn=None, padding=2, hidden=16),
    "zfnet": partial(zfnet_of, filters=NARROW, hidden=16),
    "vgg16_c": partial(vgg, stages=C, **VGG),
    "vgg11_lrn": partial(vgg, stages=A, lrn=True, **VGG),
    "vgg11_bn": partial(vgg, stages=A, conv=conv_bn_relu, **VGG),
    "googlenet": googlenet,
    "googlenet_bn": partial(googlenet_bn, auxiliary_heads=True),
    "googlenet_tv": googlenet_tv,
    "bn_inception": partial(
        bn_inception_of, modules={"3a": (4,) * 6, "3c": (0, 4, 4, 4, 4, 0), "5b": (4,) * 6}
    ),
    "plain18": partial(resnet, depths=ONES, block=basic_block, filters=8, shortcut=plain),
    "resnet18": partial(resnet, depths=ONES, block=basic_block, filters=8),
    "resnet34": partial(resnet, depths=ONES, block=basic_block, filters=8, shortcut=padded),
    "resnet50": partial(resnet, depths=ONES, block=bottleneck_block, filters=8),
    "resnet50_v15": partial(resnet, depths=ONES, block=partial(bottleneck_block, stride_at=2), filters=8),
    "resnet20_cifar": partial(resnet_cifar, depth=8, filters=4),
    "resnet50_v2": partial(resnet_v2, depths=ONES, filters=8),
    "resnet200_v2": partial(resnet_v2, depths=ONES, filters=8, stem=normalized_stem),
    "wrn28_10_cifar": partial(wrn_cifar, depth=10, width=1, dropout_rate=0.3),
    "resnext50_32x4d": partial(
        resnet, depths=ONES, block=partial(bottleneck_block, groups=4, base_width=16, stride_at=2), filters=8
    ),
    "se_resnet50": partial(senet, depths=ONES, block=partial(bottleneck_block, gate=gate), filters=16),
    "senet154": partial(senet154, depths=ONES, filters=16, block=partial(wide_bottleneck_block, groups=4)),
    "densenet121": partial(densenet, depths=(2, 1, 1, 1), growth=4),
    "densenet_bc_cifar": partial(densenet, depths=(2, 1, 1), growth=4, stem=cifar_stem),
    "squeezenet1_0": partial(
        squeezenet, filters=8, kernel_size=7, modules=(None, (4, 4), None, (4, 4), None, (4, 4))
    ),
    "inception_v3": partial(inception_v3, pool_proj={"5b": 8}, widths_7={"6b": 8}),
    "inception_v4": partial(inception_v4, depths=(1, 1, 1)),
    "inception_resnet_v2": partial(inception_resnet_v2, depths=(1, 1, 2)),
    "xception": partial(xception, entry=(8, 12, 16), middle=1, final=(24, 32)),
    "mobilenet": partial(mobilenet, alpha=0.25, stages=((64, 1), (128, 2), (256, 1), (512, 1), (1024, 1))),
    "mobilenet_v2": partial(
        mobilenet_v2, alpha=0.25, stages=((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 1, 2), (6, 64, 1, 2))
    ),
    "mobilenet_v3_small": partial(
        mobilenet_v3,
        stages=(
            ((3, 16, 8, True, hard_silu, 2),),
            ((5, 24, 8, True, hard_silu, 2), (5, 24, 8, False, hard_silu, 1)),
        ),
        hidden=16,
    ),
    "mnasnet_a1": partial(
        mnasnet, stages=((1, 3, 8, 1, 1, False), (3, 5, 12, 2, 2, True), (3, 3, 16, 1, 2, True))
    ),
    "efficientnet_b0": partial(
        efficientnet, stages=((1, 3, 1, 8, 1), (6, 3, 2, 8, 2), (6, 5, 2, 16, 1), (6, 5, 2, 16, 1)), width=0.5
    ),
    "shufflenet_g3": partial(shufflenet, groups=3, filters=(48, 96, 192), depths=(2, 1, 1)),
    "shufflenet_v2_x0_5": partial(shufflenet_v2, filters=(24, 48, 96), final_filters=32, depths=(2, 1, 1)),
    "nasnet_mobile": partial(nasnet, repeats=1, final_filters=96, stem_filters=8, skip_reduction=False),
    "nasnet_large": partial(nasnet, repeats=1, final_filters=96, stem_filters=8, skip_reduction=True),
}
