"""pytorchcv's names of BN-Inception."""

import re
from collections.abc import Mapping, Sequence

from cvlabs.models.bn_inception import MODULES

_STEM = {"stem_conv1": "conv1", "stem_conv2_reduce": "conv2.conv1", "stem_conv2": "conv2.conv2"}
_BRANCHES = {
    "1x1": (1, ""),
    "3x3_reduce": (2, ".conv1"),
    "3x3": (2, ".conv2"),
    "3x3x2_reduce": (3, ".conv1"),
    "3x3x2_1": (3, ".conv2"),
    "3x3x2_2": (3, ".conv3"),
    "pool_proj": (4, ".conv"),
}


def pytorchcv(layer: str) -> str:
    """Takes `"inception_4a_3x3"` to `"features.stage2.unit2.branches.branch2.conv2.conv"`."""
    kind = "bn" if layer.endswith("_bn") else "conv"
    layer = layer.removesuffix("_bn")
    if layer == "head_logits":
        return "output"
    if match := re.fullmatch(r"inception_(\w\w)_(\w+)", layer):
        stage, unit = _places(MODULES)[match[1]]
        branch, part = _BRANCHES[match[2]]
        branch -= not MODULES[match[1]][0]  # the first branch is left out
        return f"features.stage{stage}.unit{unit}.branches.branch{branch}{part}.{kind}"
    return f"features.init_block.{_STEM[layer]}.{kind}"


def _places(modules: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, int]]:
    """Stage and unit of each module; a module that halves the size begins a stage."""
    places, stage, unit = {}, 1, 0
    for module, widths in modules.items():
        stage, unit = (stage, unit + 1) if widths[0] else (stage + 1, 1)
        places[module] = (stage, unit)
    return places
