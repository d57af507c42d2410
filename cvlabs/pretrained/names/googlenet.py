"""torchvision's names of GoogLeNet."""

import re

_STEM = {"conv1": "conv1", "conv2_reduce": "conv2", "conv2": "conv3"}
_BRANCHES = {
    "1x1": "branch1",
    "3x3_reduce": "branch2.0",
    "3x3": "branch2.1",
    "5x5_reduce": "branch3.0",
    "5x5": "branch3.1",
    "pool_proj": "branch4.1",
}
_HEADS = {"fc": "fc1", "logits": "fc2"}


def torchvision(layer: str) -> str:
    """Takes `"inception_3a_5x5_bn"` to `"inception3a.branch3.1.bn"`."""
    kind = "bn" if layer.endswith("_bn") else "conv"
    layer = layer.removesuffix("_bn")
    if layer == "head_logits":
        return "fc"
    if match := re.fullmatch(r"stem_(\w+)", layer):
        return f"{_STEM[match[1]]}.{kind}"
    if match := re.fullmatch(r"inception_(\d\w)_(\w+)", layer):
        return f"inception{match[1]}.{_BRANCHES[match[2]]}.{kind}"
    if match := re.fullmatch(r"(aux\d)_(fc|logits)", layer):
        return f"{match[1]}.{_HEADS[match[2]]}"
    return f"{layer.removesuffix('_conv')}.conv.{kind}"
