"""timm's names of SENet: those of the first port to torch, under `legacy_`."""

import re

from cvlabs.pretrained.names import resnet

_GATE = re.compile(r"(stage\d_block\d+)_se_(reduce|expand)")


def timm(layer: str) -> str:
    """Takes `"stage2_block1_se_reduce"` to `"layer1.0.se_module.fc1"`."""
    if layer == "head_logits":
        return "last_linear"
    if match := _GATE.fullmatch(layer):
        block = resnet.torchvision(f"{match[1]}_conv1").removesuffix(".conv1")
        return f"{block}.se_module.{'fc1' if match[2] == 'reduce' else 'fc2'}"
    if match := re.fullmatch(r"stem_(conv|bn)(\d?)", layer):
        return f"layer0.{match[1]}{match[2] or 1}"
    return resnet.torchvision(layer)
