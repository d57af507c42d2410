"""Names of the networks from MobileNet to EfficientNet: timm's, and torchvision's, which differ by network.

In all of them the blocks of stage 1 have no expansion.
"""

import re
from collections.abc import Callable, Sequence

from cvlabs.models.mobilenet_v2 import STAGES
from cvlabs.models.mobilenet_v3 import Row

_LAYER = re.compile(r"stage(\d)_block(\d+)_(expand|depthwise|pointwise|se_reduce|se_expand|project)(_bn)?")
_ORDER = ("expand", "depthwise", "gate", "project")
_GATE = {"se_reduce": "fc1", "se_expand": "fc2"}


def timm_v1(layer: str) -> str:
    """Takes MobileNet's `"stage2_block1_pointwise"` to `"blocks.1.0.conv_pw"`."""
    if match := _LAYER.fullmatch(layer):
        stage, block, part, bn = match.groups()
        short, number = {"depthwise": ("conv_dw", 1), "pointwise": ("conv_pw", 2)}[part]
        return f"blocks.{int(stage) - 1}.{int(block) - 1}.{f'bn{number}' if bn else short}"
    return {"stem_conv": "conv_stem", "stem_bn": "bn1", "head_logits": "classifier"}[layer]


def timm(layer: str) -> str:
    """Takes `"stage2_block1_project"` to `"blocks.1.0.conv_pwl"`: MobileNetV2, MnasNet, EfficientNet."""
    return _timm(layer, "conv_head", "bn2")


def timm_v3(stages: Sequence[object]) -> Callable[[str], str]:
    """Returns timm's naming of a MobileNetV3, where the last convolution is a stage of its own."""
    last = f"blocks.{len(stages)}.0"

    def timm(layer: str) -> str:
        return "conv_head" if layer == "head_dense" else _timm(layer, f"{last}.conv", f"{last}.bn1")

    return timm


def _timm(layer: str, final_conv: str, final_bn: str) -> str:
    if match := _LAYER.fullmatch(layer):
        stage, block, part, bn = match.groups()
        prefix = f"blocks.{int(stage) - 1}.{int(block) - 1}"
        if part.startswith("se_"):
            return f"{prefix}.se.conv_{part.removeprefix('se_')}"
        parts = {"expand": ("conv_pw", 1), "depthwise": ("conv_dw", 2), "project": ("conv_pwl", 3)}
        if stage == "1":
            parts = {"depthwise": ("conv_dw", 1), "project": ("conv_pw", 2)}
        short, number = parts[part]
        return f"{prefix}.{f'bn{number}' if bn else short}"
    return {
        "stem_conv": "conv_stem",
        "stem_bn": "bn1",
        "final_conv": final_conv,
        "final_bn": final_bn,
        "head_logits": "classifier",
    }[layer]


def torchvision_v2(layer: str) -> str:
    """Takes MobileNetV2's `"stage2_block1_project"` to `"features.2.conv.2"`."""
    depths = [depth for _, _, depth, _ in STAGES]
    if match := _LAYER.fullmatch(layer):
        stage, block, part, bn = match.groups()
        at = _ORDER.index(part) - (part == "project") - (stage == "1")
        prefix = f"features.{_flat(depths, stage, block)}.conv"
        return f"{prefix}.{at + bool(bn)}" if part == "project" else f"{prefix}.{at}.{1 if bn else 0}"
    return _torchvision_ends(layer, 1 + sum(depths), "classifier.1")


def torchvision_v3(stages: Sequence[Sequence[Row]]) -> Callable[[str], str]:
    """torchvision's naming of a MobileNetV3: `"stage2_block1_project"` to `"features.2.block.2.0"`."""
    depths = [len(blocks) for blocks in stages]

    def torchvision(layer: str) -> str:
        if match := _LAYER.fullmatch(layer):
            stage, block, part, bn = match.groups()
            gated = stages[int(stage) - 1][int(block) - 1][3]
            return f"features.{_flat(depths, stage, block)}.{_in_block(part, bn, stage != '1', gated)}"
        if layer == "head_dense":
            return "classifier.0"
        return _torchvision_ends(layer, 1 + sum(depths), "classifier.3")

    return torchvision


def torchvision_efficientnet(layer: str) -> str:
    """Takes EfficientNet's `"stage2_block1_project"` to `"features.2.0.block.3.0"`."""
    if match := _LAYER.fullmatch(layer):
        stage, block, part, bn = match.groups()
        return f"features.{stage}.{int(block) - 1}.{_in_block(part, bn, stage != '1', True)}"
    return _torchvision_ends(layer, 8, "classifier.1")


def torchvision_mnasnet(layer: str) -> str:
    """Takes MnasNet's `"stage2_block1_project"` to `"layers.8.0.layers.6"`."""
    if match := _LAYER.fullmatch(layer):
        stage, block, part, bn = match.groups()
        at = {"expand": 0, "depthwise": 3, "project": 6}[part] + bool(bn)
        return f"layers.{at}" if stage == "1" else f"layers.{6 + int(stage)}.{int(block) - 1}.layers.{at}"
    return {
        "stem_conv": "layers.0",
        "stem_bn": "layers.1",
        "final_conv": "layers.14",
        "final_bn": "layers.15",
        "head_logits": "classifier.1",
    }[layer]


def _flat(depths: Sequence[int], stage: str, block: str) -> int:
    """The number of a block counted through all stages, from 1."""
    return sum(depths[: int(stage) - 1]) + int(block)


def _in_block(part: str, bn: str | None, expands: bool, gated: bool) -> str:
    present = [p for p in _ORDER if (p != "expand" or expands) and (p != "gate" or gated)]
    if part in _GATE:
        return f"block.{present.index('gate')}.{_GATE[part]}"
    return f"block.{present.index(part)}.{1 if bn else 0}"


def _torchvision_ends(layer: str, last: int, logits: str) -> str:
    return {
        "stem_conv": "features.0.0",
        "stem_bn": "features.0.1",
        "final_conv": f"features.{last}.0",
        "final_bn": f"features.{last}.1",
        "head_logits": logits,
    }[layer]
