"""Names of the later Inceptions: torchvision's (and timm's) of v3, timm's of v4 and Inception-ResNet-v2."""

import re

_V3_STEM = ("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "Conv2d_3b_1x1", "Conv2d_4a_3x3")
_V4_MODULES = (
    ["stem_conv1", "stem_conv2", "stem_conv3", "stem_mixed1", "stem_mixed2", "stem_mixed3"]
    + [f"inception_a{i}" for i in range(1, 5)]
    + ["reduction_a"]
    + [f"inception_b{i}" for i in range(1, 8)]
    + ["reduction_b"]
    + [f"inception_c{i}" for i in range(1, 4)]
)
_RESNET_STEM = ("conv2d_1a", "conv2d_2a", "conv2d_2b", "conv2d_3b", "conv2d_4a")
_REPEATS = {"block35": "repeat", "block17": "repeat_1", "block8": "repeat_2"}
_LAST_BLOCK = "block8_10"


def torchvision_v3(layer: str) -> str:
    """Takes `"mixed_5b_5x5_2"` to `"Mixed_5b.branch5x5_2.conv"`."""
    if layer == "head_logits":
        return "fc"
    layer, kind = _kind(layer)
    if layer == "aux1_logits":
        return "AuxLogits.fc"
    if layer.startswith("aux1_conv"):
        return f"AuxLogits.conv{int(layer[-1]) - 1}.{kind}"
    if layer.startswith("stem_conv"):
        return f"{_V3_STEM[int(layer[-1]) - 1]}.{kind}"
    module, branch = re.fullmatch(r"mixed_(\w\w)_(\w+)", layer).groups()  # type: ignore[union-attr]
    branch = "_pool" if branch == "pool_proj" else branch
    return f"Mixed_{module}.branch{branch}.{kind}"


def timm_v4(layer: str) -> str:
    """Takes `"inception_a1_branch2_1"` to `"features.6.branch1.0.conv"`."""
    if layer == "head_logits":
        return "last_linear"
    layer, kind = _kind(layer)
    module = next(m for m in sorted(_V4_MODULES, key=len, reverse=True) if layer.startswith(m))
    prefix = f"features.{_V4_MODULES.index(module)}"
    rest = layer.removeprefix(module)
    if not rest:
        return f"{prefix}.{kind}"
    if rest == "_conv":
        return f"{prefix}.conv.{kind}"
    if module.startswith("inception_c") and (match := re.fullmatch(r"_branch(\d)_(\d)(\w?)", rest)):
        return f"{prefix}.branch{int(match[1]) - 1}_{int(match[2]) - 1}{match[3]}.{kind}"
    return f"{prefix}.{_branch(rest)}.{kind}"


def timm_resnet_v2(layer: str) -> str:
    """Takes `"block35_1_branch2_1"` to `"repeat.0.branch1.0.conv"`."""
    if layer == "head_logits":
        return "classif"
    layer, kind = _kind(layer)
    if layer.startswith("stem_conv"):
        return f"{_RESNET_STEM[int(layer[-1]) - 1]}.{kind}"
    if layer == "final_conv":
        return f"conv2d_7b.{kind}"
    if match := re.fullmatch(r"((block\d+)_(\d+))(_\w+)", layer):
        block, family, number, rest = match.groups()
        prefix = "block8" if block == _LAST_BLOCK else f"{_REPEATS[family]}.{int(number) - 1}"
        return f"{prefix}.conv2d" if rest == "_conv" else f"{prefix}.{_branch(rest)}.{kind}"
    return f"{layer[:8]}.{_branch(layer[8:])}.{kind}"


def _kind(layer: str) -> tuple[str, str]:
    return layer.removesuffix("_bn"), "bn" if layer.endswith("_bn") else "conv"


def _branch(rest: str) -> str:
    """Takes `"_branch2_1"` to `"branch1.0"`; the pooling is the first step of the last branch."""
    if rest == "_pool_proj":
        return "branch3.1"
    numbers = [int(n) - 1 for n in rest.removeprefix("_branch").split("_")]
    return "branch" + ".".join(map(str, numbers))
