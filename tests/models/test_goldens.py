"""Every network that torchvision, timm or pytorchcv has, against what those answer."""

from functools import partial

import pytest

from cvlabs.blocks import local_response_norm
from cvlabs.models import MODELS
from cvlabs.models.resnet_v2 import normalized_stem
from cvlabs.pretrained.names import NAMES
from tests.models.golden import check_golden, names

TORCH_LRN = {"lrn": partial(local_response_norm, alpha=1e-4 / 5)}  # torch divides alpha by the window
OPTIONS = {  # what the reference has and our variant has only on demand
    "alexnet_one_tower": TORCH_LRN,
    "zfnet": TORCH_LRN,
    "zfnet_wide": TORCH_LRN,
    "googlenet_tv": {"auxiliary_heads": True},
    "inception_v3": {"auxiliary_heads": True},
    "resnet200_v2": {"stem": normalized_stem},
}
# There is a smaller one by the same builder, or the quick tests compare them with keras.applications.
SLOW = {
    *("alexnet_one_tower", "zfnet_wide"),  # beside alexnet_owt, zfnet, and the paper's alexnet
    *("vgg11", "vgg13", "vgg16", "vgg19", "vgg13_bn", "vgg16_bn", "vgg19_bn"),
    *("resnet34", "resnet50", "resnet101", "resnet152", "resnet101_v15", "resnet152_v15"),
    *("resnet101_v2", "resnet152_v2", "resnet200_v2", "wide_resnet50_2", "wide_resnet101_2"),
    *("resnext101_32x4d", "resnext101_64x4d", "resnext101_32x8d"),
    *("se_resnet50", "se_resnet101", "se_resnet152", "se_resnext101_32x4d", "senet154"),
    *("densenet121", "densenet161", "densenet169", "densenet201"),
    *("inception_v3", "inception_resnet_v2", "xception", "nasnet_large"),
    *("mobilenet_v3_large", "mnasnet_b1", *(f"efficientnet_b{n}" for n in range(1, 8))),
    *(f"shufflenet_g{n}" for n in (1, 2, 4, 8)),
    *("shufflenet_v2_x1_0", "shufflenet_v2_x1_5", "shufflenet_v2_x2_0"),
    *(name for name in names() if name.endswith(".timm")),  # the same networks under other names
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in names()]
)
def test_equals_its_reference(name):
    network = name.removesuffix(".timm")
    check_golden(name, partial(MODELS[network], **OPTIONS.get(name, {})), NAMES[network].values())
