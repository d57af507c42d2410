"""How torchvision, timm and pytorchcv name the layers of each network.

A naming is a function from a layer's name to the prefix of its tensors: `"stage2_block1_conv1"` to
`"layer1.0.conv1"`, to which `.weight`, `.bias`, `.running_mean` and `.running_var` are added.
"""

from collections.abc import Callable, Sequence

from cvlabs.models.mobilenet_v3 import LARGE, SMALL
from cvlabs.models.squeezenet import V1_0, V1_1
from cvlabs.models.vgg import A, B, C, D, E
from cvlabs.pretrained.names import (
    alexnet,
    bn_inception,
    densenet,
    googlenet,
    inception,
    mobilenet,
    nasnet,
    resnet,
    resnet_v2,
    senet,
    shufflenet,
    squeezenet,
    vgg,
    xception,
)

Naming = Callable[[str], str]
Namings = dict[str, Naming]

_RESNET: Namings = {"torchvision": resnet.torchvision, "pytorchcv": resnet.pytorchcv}
_RESNET_CIFAR: Namings = {"torchvision": resnet.torchvision_cifar}
_RESNET_V2: Namings = {"timm": resnet_v2.timm, "pytorchcv": resnet_v2.pytorchcv}
_SENET: Namings = {"timm": senet.timm}
_DENSENET: Namings = {"torchvision": densenet.torchvision}
_EFFICIENTNET: Namings = {"torchvision": mobilenet.torchvision_efficientnet, "timm": mobilenet.timm}

_SHUFFLENET: Namings = {"pytorchcv": shufflenet.pytorchcv}
_SHUFFLENET_V2: Namings = {"torchvision": shufflenet.torchvision_v2}
_GOOGLENET: Namings = {"torchvision": googlenet.torchvision}
_ZFNET: Namings = {"pytorchcv": alexnet.pytorchcv}


def _vgg(stages: Sequence[Sequence[int]], layers_per_conv: int = 2) -> Namings:
    return {
        "torchvision": vgg.torchvision(stages, layers_per_conv),
        "timm": vgg.timm(stages, layers_per_conv),
    }


NAMES: dict[str, Namings] = {
    "alexnet": {"torchvision": alexnet.torchvision},
    "alexnet_one_tower": {"pytorchcv": alexnet.pytorchcv},
    "alexnet_owt": {"torchvision": alexnet.torchvision},
    "zfnet": _ZFNET,
    "zfnet_wide": _ZFNET,
    "vgg11": _vgg(A),
    "vgg13": _vgg(B),
    "vgg16": _vgg(D),
    "vgg19": _vgg(E),
    "vgg16_c": _vgg(C),
    "vgg11_lrn": _vgg(A),
    "vgg11_bn": _vgg(A, 3),
    "vgg13_bn": _vgg(B, 3),
    "vgg16_bn": _vgg(D, 3),
    "vgg19_bn": _vgg(E, 3),
    "googlenet": _GOOGLENET,
    "googlenet_bn": _GOOGLENET,
    "googlenet_tv": _GOOGLENET,
    "bn_inception": {"pytorchcv": bn_inception.pytorchcv},
    "resnet18": _RESNET,
    "resnet34": _RESNET,
    "resnet50": _RESNET,
    "resnet101": _RESNET,
    "resnet152": _RESNET,
    "resnet50_v15": _RESNET,
    "resnet101_v15": _RESNET,
    "resnet152_v15": _RESNET,
    "plain18": _RESNET,
    "plain34": _RESNET,
    **dict.fromkeys(
        (f"{kind}{depth}_cifar" for kind in ("resnet", "plain") for depth in (20, 32, 44, 56, 110)),
        _RESNET_CIFAR,
    ),
    "resnet50_v2": _RESNET_V2,
    "resnet101_v2": _RESNET_V2,
    "resnet152_v2": _RESNET_V2,
    "resnet200_v2": _RESNET_V2,
    "wide_resnet50_2": _RESNET,
    "wide_resnet101_2": _RESNET,
    "wrn28_10_cifar": {"pytorchcv": resnet_v2.pytorchcv_cifar},
    "resnext50_32x4d": _RESNET,
    "resnext101_32x4d": _RESNET,
    "resnext101_64x4d": _RESNET,
    "resnext101_32x8d": _RESNET,
    "se_resnet50": _SENET,
    "se_resnet101": _SENET,
    "se_resnet152": _SENET,
    "se_resnext50_32x4d": _SENET,
    "se_resnext101_32x4d": _SENET,
    "senet154": _SENET,
    "densenet121": _DENSENET,
    "densenet161": _DENSENET,
    "densenet169": _DENSENET,
    "densenet201": _DENSENET,
    "densenet264": _DENSENET,
    "densenet_bc_cifar": {"pytorchcv": densenet.pytorchcv_cifar},
    "squeezenet1_0": {"torchvision": squeezenet.torchvision(V1_0)},
    "squeezenet1_1": {"torchvision": squeezenet.torchvision(V1_1)},
    "inception_v3": {"torchvision": inception.torchvision_v3},
    "inception_v4": {"timm": inception.timm_v4},
    "inception_resnet_v2": {"timm": inception.timm_resnet_v2},
    "xception": {"timm": xception.timm},
    "mobilenet": {"timm": mobilenet.timm_v1},
    "mobilenet_v2": {"torchvision": mobilenet.torchvision_v2, "timm": mobilenet.timm},
    "mobilenet_v3_large": {
        "torchvision": mobilenet.torchvision_v3(LARGE),
        "timm": mobilenet.timm_v3(LARGE),
    },
    "mobilenet_v3_small": {
        "torchvision": mobilenet.torchvision_v3(SMALL),
        "timm": mobilenet.timm_v3(SMALL),
    },
    "shufflenet_g1": _SHUFFLENET,
    "shufflenet_g2": _SHUFFLENET,
    "shufflenet_g3": _SHUFFLENET,
    "shufflenet_g4": _SHUFFLENET,
    "shufflenet_g8": _SHUFFLENET,
    "shufflenet_v2_x0_5": _SHUFFLENET_V2,
    "shufflenet_v2_x1_0": _SHUFFLENET_V2,
    "shufflenet_v2_x1_5": _SHUFFLENET_V2,
    "shufflenet_v2_x2_0": _SHUFFLENET_V2,
    "nasnet_mobile": {"timm": nasnet.timm(4)},
    "nasnet_large": {"timm": nasnet.timm(6)},
    "mnasnet_b1": {"torchvision": mobilenet.torchvision_mnasnet, "timm": mobilenet.timm},
    "mnasnet_a1": {"timm": mobilenet.timm},
    "efficientnet_b0": _EFFICIENTNET,
    "efficientnet_b1": _EFFICIENTNET,
    "efficientnet_b2": _EFFICIENTNET,
    "efficientnet_b3": _EFFICIENTNET,
    "efficientnet_b4": _EFFICIENTNET,
    "efficientnet_b5": _EFFICIENTNET,
    "efficientnet_b6": _EFFICIENTNET,
    "efficientnet_b7": _EFFICIENTNET,
}
"""The namings of each network by their source; `save_weights` writes the first.

A network that no source has takes the names of its nearest relative there: plain nets and the CIFAR ResNets
those of torchvision's ResNet, the paper's AlexNet and GoogLeNet those of torchvision's.
"""
