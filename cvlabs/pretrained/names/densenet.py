"""Names of DenseNet: torchvision's (and timm's, which are the same), and pytorchcv's."""

import re

_LAYER = re.compile(r"block(\d)_layer(\d+)_(bn|conv)(\d)")
_TRANSITION = re.compile(r"transition(\d)_(bn|conv)")


def torchvision(layer: str) -> str:
    """Takes `"block1_layer2_bn1"` to `"features.denseblock1.denselayer2.norm1"`."""
    if match := _LAYER.fullmatch(layer):
        block, number, kind, which = match.groups()
        return f"features.denseblock{block}.denselayer{number}.{_torch(kind)}{which}"
    if match := _TRANSITION.fullmatch(layer):
        return f"features.transition{match[1]}.{_torch(match[2])}"
    return {
        "stem_conv": "features.conv0",
        "stem_bn": "features.norm0",
        "final_bn": "features.norm5",
        "head_logits": "classifier",
    }[layer]


def pytorchcv_cifar(layer: str) -> str:
    """Takes `"block2_layer1_bn1"` to `"features.stage2.unit1.conv1.bn"`."""
    if match := _LAYER.fullmatch(layer):
        block, number, kind, which = match.groups()
        return f"features.stage{block}.unit{number}.conv{which}.{kind}"
    if match := _TRANSITION.fullmatch(layer):
        return f"features.stage{int(match[1]) + 1}.trans{int(match[1]) + 1}.conv.{match[2]}"
    return {
        "stem_conv": "features.init_block",
        "final_bn": "features.post_activ.bn",
        "head_logits": "output",
    }[layer]


def _torch(kind: str) -> str:
    return "norm" if kind == "bn" else kind
