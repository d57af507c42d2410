"""Names of ResNet and its like: torchvision's (timm's are the same) and pytorchcv's."""

import re

_BLOCK = re.compile(r"stage(\d)_block(\d+)_(conv|bn|shortcut)(\d|_bn)?")


def torchvision(layer: str) -> str:
    """Takes `"stage3_block1_conv2"` to `"layer2.0.conv2"`."""
    if layer == "head_logits":
        return "fc"
    if match := _BLOCK.fullmatch(layer):
        stage, block, kind, suffix = match.groups()
        prefix = f"layer{int(stage) - 1}.{int(block) - 1}"
        if kind == "shortcut":
            return f"{prefix}.downsample.{1 if suffix else 0}"
        return f"{prefix}.{kind}{suffix}"
    return f"{layer.removeprefix('stem_')}1"


def torchvision_cifar(layer: str) -> str:
    """Takes `"stage2_block1_conv2"` to `"layer2.0.conv2"`: the CIFAR networks have no pooling in the stem."""
    return torchvision(re.sub(r"^stage(\d)", lambda match: f"stage{int(match[1]) + 1}", layer))


def pytorchcv(layer: str) -> str:
    """Takes `"stage3_block1_conv2"` to `"features.stage2.unit1.body.conv2.conv"`."""
    if layer == "head_logits":
        return "output"
    if match := _BLOCK.fullmatch(layer):
        stage, block, kind, suffix = match.groups()
        prefix = f"features.stage{int(stage) - 1}.unit{block}"
        if kind == "shortcut":
            return f"{prefix}.identity_conv.{'bn' if suffix else 'conv'}"
        return f"{prefix}.body.conv{suffix}.{kind}"
    return f"features.init_block.conv.{layer.removeprefix('stem_')}"
