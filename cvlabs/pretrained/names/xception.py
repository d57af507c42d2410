"""timm's names of Xception: those of the first port to torch, under `legacy_`."""

import re

_PARTS = {"depthwise": "conv1", "pointwise": "pointwise"}


def timm(layer: str) -> str:
    """Takes `"block2_conv1_depthwise"` to `"block2.rep.1.conv1"`."""
    if layer == "head_logits":
        return "fc"
    if match := re.fullmatch(r"stem_(conv|bn)(\d)", layer):
        return f"{match[1]}{match[2]}"
    if match := re.fullmatch(r"(block\d+)_shortcut(_bn)?", layer):
        return f"{match[1]}.skip{'bn' if match[2] else ''}"
    if match := re.fullmatch(r"(block\d+)_conv(\d)_(\w+)", layer):
        block, number, part = match.groups()
        at = 3 * (int(number) - 1) + (block != "block1")  # the first block does not start with a ReLU
        return f"{block}.rep.{at + 1}" if part == "bn" else f"{block}.rep.{at}.{_PARTS[part]}"
    if match := re.fullmatch(r"final_conv(\d)_(\w+)", layer):
        number = int(match[1]) + 2
        return f"bn{number}" if match[2] == "bn" else f"conv{number}.{_PARTS[match[2]]}"
    raise KeyError(layer)
