"""The architectures, one paper per file, and the table of their names."""

from collections.abc import Callable

import keras

from cvlabs.models.alexnet import alexnet, alexnet_one_tower, alexnet_owt
from cvlabs.models.bn_inception import bn_inception
from cvlabs.models.densenet import (
    densenet121,
    densenet161,
    densenet169,
    densenet201,
    densenet264,
    densenet_bc_cifar,
)
from cvlabs.models.efficientnet import (
    efficientnet_b0,
    efficientnet_b1,
    efficientnet_b2,
    efficientnet_b3,
    efficientnet_b4,
    efficientnet_b5,
    efficientnet_b6,
    efficientnet_b7,
)
from cvlabs.models.googlenet import googlenet, googlenet_bn, googlenet_tv
from cvlabs.models.inception_resnet_v2 import inception_resnet_v2
from cvlabs.models.inception_v3 import inception_v3
from cvlabs.models.inception_v4 import inception_v4
from cvlabs.models.mnasnet import mnasnet_a1, mnasnet_b1
from cvlabs.models.mobilenet import mobilenet
from cvlabs.models.mobilenet_v2 import mobilenet_v2
from cvlabs.models.mobilenet_v3 import mobilenet_v3_large, mobilenet_v3_small
from cvlabs.models.nasnet import nasnet_large, nasnet_mobile
from cvlabs.models.resnet import (
    plain18,
    plain34,
    resnet18,
    resnet34,
    resnet50,
    resnet50_v15,
    resnet101,
    resnet101_v15,
    resnet152,
    resnet152_v15,
)
from cvlabs.models.resnet_cifar import (
    plain20_cifar,
    plain32_cifar,
    plain44_cifar,
    plain56_cifar,
    plain110_cifar,
    resnet20_cifar,
    resnet32_cifar,
    resnet44_cifar,
    resnet56_cifar,
    resnet110_cifar,
)
from cvlabs.models.resnet_v2 import resnet50_v2, resnet101_v2, resnet152_v2, resnet200_v2
from cvlabs.models.resnext import resnext50_32x4d, resnext101_32x4d, resnext101_32x8d, resnext101_64x4d
from cvlabs.models.senet import (
    se_resnet50,
    se_resnet101,
    se_resnet152,
    se_resnext50_32x4d,
    se_resnext101_32x4d,
    senet154,
)
from cvlabs.models.shufflenet import shufflenet_g1, shufflenet_g2, shufflenet_g3, shufflenet_g4, shufflenet_g8
from cvlabs.models.shufflenet_v2 import (
    shufflenet_v2_x0_5,
    shufflenet_v2_x1_0,
    shufflenet_v2_x1_5,
    shufflenet_v2_x2_0,
)
from cvlabs.models.squeezenet import squeezenet1_0, squeezenet1_1
from cvlabs.models.vgg import (
    vgg11,
    vgg11_bn,
    vgg11_lrn,
    vgg13,
    vgg13_bn,
    vgg16,
    vgg16_bn,
    vgg16_c,
    vgg19,
    vgg19_bn,
)
from cvlabs.models.wide_resnet import wide_resnet50_2, wide_resnet101_2, wrn28_10_cifar
from cvlabs.models.xception import xception
from cvlabs.models.zfnet import zfnet, zfnet_wide

MODELS: dict[str, Callable[..., keras.Model]] = {
    "alexnet": alexnet,
    "alexnet_one_tower": alexnet_one_tower,
    "alexnet_owt": alexnet_owt,
    "zfnet": zfnet,
    "zfnet_wide": zfnet_wide,
    "vgg11": vgg11,
    "vgg11_lrn": vgg11_lrn,
    "vgg13": vgg13,
    "vgg16_c": vgg16_c,
    "vgg16": vgg16,
    "vgg19": vgg19,
    "vgg11_bn": vgg11_bn,
    "vgg13_bn": vgg13_bn,
    "vgg16_bn": vgg16_bn,
    "vgg19_bn": vgg19_bn,
    "googlenet": googlenet,
    "googlenet_bn": googlenet_bn,
    "googlenet_tv": googlenet_tv,
    "bn_inception": bn_inception,
    "plain18": plain18,
    "plain34": plain34,
    "resnet18": resnet18,
    "resnet34": resnet34,
    "resnet50": resnet50,
    "resnet101": resnet101,
    "resnet152": resnet152,
    "resnet50_v15": resnet50_v15,
    "resnet101_v15": resnet101_v15,
    "resnet152_v15": resnet152_v15,
    "resnet20_cifar": resnet20_cifar,
    "resnet32_cifar": resnet32_cifar,
    "resnet44_cifar": resnet44_cifar,
    "resnet56_cifar": resnet56_cifar,
    "resnet110_cifar": resnet110_cifar,
    "plain20_cifar": plain20_cifar,
    "plain32_cifar": plain32_cifar,
    "plain44_cifar": plain44_cifar,
    "plain56_cifar": plain56_cifar,
    "plain110_cifar": plain110_cifar,
    "resnet50_v2": resnet50_v2,
    "resnet101_v2": resnet101_v2,
    "resnet152_v2": resnet152_v2,
    "resnet200_v2": resnet200_v2,
    "wide_resnet50_2": wide_resnet50_2,
    "wide_resnet101_2": wide_resnet101_2,
    "wrn28_10_cifar": wrn28_10_cifar,
    "resnext50_32x4d": resnext50_32x4d,
    "resnext101_32x4d": resnext101_32x4d,
    "resnext101_64x4d": resnext101_64x4d,
    "resnext101_32x8d": resnext101_32x8d,
    "se_resnet50": se_resnet50,
    "se_resnet101": se_resnet101,
    "se_resnet152": se_resnet152,
    "se_resnext50_32x4d": se_resnext50_32x4d,
    "se_resnext101_32x4d": se_resnext101_32x4d,
    "senet154": senet154,
    "densenet121": densenet121,
    "densenet169": densenet169,
    "densenet201": densenet201,
    "densenet264": densenet264,
    "densenet161": densenet161,
    "densenet_bc_cifar": densenet_bc_cifar,
    "squeezenet1_0": squeezenet1_0,
    "squeezenet1_1": squeezenet1_1,
    "inception_v3": inception_v3,
    "inception_v4": inception_v4,
    "inception_resnet_v2": inception_resnet_v2,
    "xception": xception,
    "mobilenet": mobilenet,
    "mobilenet_v2": mobilenet_v2,
    "mobilenet_v3_large": mobilenet_v3_large,
    "mobilenet_v3_small": mobilenet_v3_small,
    "shufflenet_g1": shufflenet_g1,
    "shufflenet_g2": shufflenet_g2,
    "shufflenet_g3": shufflenet_g3,
    "shufflenet_g4": shufflenet_g4,
    "shufflenet_g8": shufflenet_g8,
    "shufflenet_v2_x0_5": shufflenet_v2_x0_5,
    "shufflenet_v2_x1_0": shufflenet_v2_x1_0,
    "shufflenet_v2_x1_5": shufflenet_v2_x1_5,
    "shufflenet_v2_x2_0": shufflenet_v2_x2_0,
    "nasnet_mobile": nasnet_mobile,
    "nasnet_large": nasnet_large,
    "mnasnet_b1": mnasnet_b1,
    "mnasnet_a1": mnasnet_a1,
    "efficientnet_b0": efficientnet_b0,
    "efficientnet_b1": efficientnet_b1,
    "efficientnet_b2": efficientnet_b2,
    "efficientnet_b3": efficientnet_b3,
    "efficientnet_b4": efficientnet_b4,
    "efficientnet_b5": efficientnet_b5,
    "efficientnet_b6": efficientnet_b6,
    "efficientnet_b7": efficientnet_b7,
}
"""Every architecture by name, in the order of the lecture."""

__all__ = ["MODELS", *MODELS]
