"""Names of ShuffleNet: pytorchcv's of the first version, torchvision's of the second."""

import re

_PARTS = {"1": "compress_{}1", "2": "dw_{}2", "3": "expand_{}3"}


def pytorchcv(layer: str) -> str:
    """Takes `"stage2_block1_bn2"` to `"features.stage1.unit1.dw_bn2"`."""
    if match := re.fullmatch(r"stage(\d)_block(\d+)_(conv|bn)(\d)", layer):
        stage, block, kind, number = match.groups()
        return f"features.stage{int(stage) - 1}.unit{block}.{_PARTS[number].format(kind)}"
    if layer == "head_logits":
        return "output"
    return f"features.init_block.{layer.removeprefix('stem_')}"


def torchvision_v2(layer: str) -> str:
    """Takes `"stage2_block1_left_conv2"` to `"stage2.0.branch1.2"`."""
    if match := re.fullmatch(r"stage(\d)_block(\d+)_(left_)?(conv|bn)(\d)", layer):
        stage, block, left, kind, number = match.groups()
        at = ((0, 2) if left else (0, 3, 5))[int(number) - 1] + (kind == "bn")
        return f"stage{stage}.{int(block) - 1}.branch{1 if left else 2}.{at}"
    return {
        "stem_conv": "conv1.0",
        "stem_bn": "conv1.1",
        "final_conv": "conv5.0",
        "final_bn": "conv5.1",
        "head_logits": "fc",
    }[layer]
