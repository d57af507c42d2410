"""timm's names of NASNet."""

import re
from collections.abc import Callable

_SEPARABLE = re.compile(r"(\w+)_(left|right)(\d)_(depthwise|pointwise|bn)(\d)")
_ENDS = {"stem_conv": "conv0.conv", "stem_bn": "conv0.bn", "head_logits": "last_linear"}


def timm(repeats: int) -> Callable[[str], str]:
    """Returns timm's naming.

    It takes `"cell1_left2_depthwise1"` to `"cell_0.comb_iter_1_left.separable_1.depthwise_conv2d"`.

    Args:
        repeats: Normal cells of each of the three stages.
    """
    first = {"stem_cell2", *(f"cell{1 + stage * repeats}" for stage in range(3))}  # what they read is larger

    def naming(layer: str) -> str:
        if layer in _ENDS:
            return _ENDS[layer]
        if match := _SEPARABLE.fullmatch(layer):
            cell, side, number, kind, which = match.groups()
            part = f"bn_sep_{which}" if kind == "bn" else f"separable_{which}.{kind}_conv2d"
            return f"{_cell(cell)}.comb_iter_{int(number) - 1}_{side}.{part}"
        cell, kind, part = layer.rsplit("_", 2)
        if kind == "squeeze":
            return f"{_cell(cell)}.conv_1x1.{part}"
        if part in ("conv1", "conv2"):
            return f"{_cell(cell)}.path_{part[-1]}.conv"
        if part == "bn" and cell in first:
            return f"{_cell(cell)}.final_path_bn"
        return f"{_cell(cell)}.conv_prev_1x1.{part}"

    return naming


def _cell(ours: str) -> str:
    family, number = re.fullmatch(r"(\D+)(\d+)", ours).groups()  # type: ignore[union-attr]
    theirs = {"stem_cell": "cell_stem", "cell": "cell", "reduction": "reduction_cell"}[family]
    return f"{theirs}_{int(number) - 1}"
