"""Names of the networks with normalization before convolution: timm's and pytorchcv's."""

import re

_BLOCK = re.compile(r"stage(\d)_block(\d+)_(conv|bn|shortcut)(\d)?")
_FIRST_STAGE = 2


def timm(layer: str) -> str:
    """Takes `"stage3_block1_bn2"` to `"stages.1.blocks.0.norm2"`."""
    if match := _BLOCK.fullmatch(layer):
        stage, block, kind, number = match.groups()
        prefix = f"stages.{int(stage) - _FIRST_STAGE}.blocks.{int(block) - 1}"
        return f"{prefix}.{ {'conv': f'conv{number}', 'bn': f'norm{number}'}.get(kind, 'downsample.conv') }"
    return {"stem_conv": "stem.conv", "final_bn": "norm", "head_logits": "head.fc"}[layer]


def pytorchcv(layer: str) -> str:
    """Takes `"stage3_block1_bn2"` to `"features.stage2.unit1.body.conv2.bn"`."""
    return _pytorchcv(layer, _FIRST_STAGE)


def pytorchcv_cifar(layer: str) -> str:
    """The same for networks whose first stage is stage 1, and whose stem is a bare convolution."""
    return "features.init_block" if layer == "stem_conv" else _pytorchcv(layer, 1)


def _pytorchcv(layer: str, first_stage: int) -> str:
    if match := _BLOCK.fullmatch(layer):
        stage, block, kind, number = match.groups()
        prefix = f"features.stage{int(stage) - first_stage + 1}.unit{block}"
        return f"{prefix}.identity_conv" if kind == "shortcut" else f"{prefix}.body.conv{number}.{kind}"
    if layer.startswith("stem_"):
        return f"features.init_block.{layer.removeprefix('stem_')}"
    return {"final_bn": "features.post_activ.bn", "head_logits": "output"}[layer]
