"""What the stages of a network cost: a bar per stage, a segment per layer."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from cvlabs.plot.bars import BYTES, MACS, PARAMS, binary, human

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def stage_bars(
    stages: Mapping[str, Sequence[tuple[int, int, int]]], unit: str = "multiply-adds", title: str = ""
) -> None:
    """Shows parameters, operations and memory of activations side by side.

    Args:
        stages: `{stage: [(params, operations, bytes), …]}`, a triple for each layer of the stage.
        unit: What operations are counted in.
        title: Title of the figure.
    """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(
        1, 3, figsize=(11, 1.2 + 0.42 * len(stages)), sharey=True, layout="constrained"
    )
    panels = (
        ("parameters", PARAMS, human),
        (unit, MACS, human),
        ("memory of activations", BYTES, binary),
    )
    for column, (axis, (what, colour, write)) in enumerate(zip(axes, panels, strict=True)):
        _stacks(axis, [[layer[column] for layer in layers] for layers in stages.values()], colour, write)
        axis.set_title(what, fontsize=11)
    axes[0].set_yticks(range(len(stages)), list(stages))
    axes[0].set_ylim(len(stages) - 0.5, -0.5)  # shared; the first stage on top
    figure.suptitle(title)
    plt.show()


def _stacks(
    axis: "Axes", stages: Sequence[Sequence[int]], colour: str, write: Callable[[float], str]
) -> None:
    sums = [sum(layers) for layers in stages]
    for position, layers in enumerate(stages):
        start = 0
        for size in filter(None, layers):
            axis.barh(position, size, left=start, color=colour, edgecolor="white", linewidth=0.6)
            start += size
        axis.annotate(write(start), (start, position), xytext=(4, 0), textcoords="offset points", va="center")
    axis.set_xlim(0, 1.25 * max([*sums, 1]))
    axis.set_xticks([])
    axis.spines[["top", "right", "bottom"]].set_visible(False)
