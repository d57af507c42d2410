"""Bars of parameters and multiply-adds, and what else a network costs, side by side."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from cvlabs.grading import for_readers
from cvlabs.plot.ready import build_or_explain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Costs = Mapping[str, Sequence[float]]

PARAMS, MACS, BYTES, OTHERS = "#4477aa", "#cc6677", "#228833", "#999933"


@for_readers
def cost_bars(
    costs: Costs | Callable[[], Costs],
    title: str = "",
    columns: Sequence[str] = ("parameters", "multiply-adds"),
) -> None:
    """Shows what parts of a network cost: parameters on the left, multiply-adds on the right.

    Args:
        costs: `{label: (params, macs)}`, or a function that returns such a mapping; if the function calls
            something that is not written yet, one line says so in place of the figure.
        title: Title of the figure.
        columns: What the numbers of a label are, if they are something else. Those named `"bytes"` are
            written in units of 1024.
    """
    found = build_or_explain(costs, None, {}) if callable(costs) else costs
    if found is None:
        return
    import matplotlib.pyplot as plt

    size = (10, 1.0 + 0.42 * len(found))
    figure, (axes,) = plt.subplots(
        1, len(columns), figsize=size, sharey=True, squeeze=False, layout="constrained"
    )
    for i, (axis, what) in enumerate(zip(axes, columns, strict=True)):
        colour, write = _LOOKS.get(what, (OTHERS, human))
        _bars(axis, list(found), [row[i] for row in found.values()], colour, write)
        axis.set_title(what, fontsize=11)
    axes[0].invert_yaxis()  # shared
    figure.suptitle(title)
    plt.show()


def human(n: float) -> str:
    """Writes a number the way papers do: 950, 12.3 k, 6.998 M, 1.58 G; 3.06 where it is no count."""
    for size, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if abs(n) >= size:
            return f"{n / size:.3g}{unit}"
    return f"{n:.0f}" if n == round(n) or abs(n) >= 100 else f"{n:.3g}"


def binary(size: float) -> str:
    """Writes bytes in units of 1024: 980 KiB, 3.06 MiB."""
    for unit, name in ((2**30, " GiB"), (2**20, " MiB"), (2**10, " KiB")):
        if size >= unit:
            return f"{size / unit:.3g}{name}"
    return f"{size:.0f}" if size == 0 else f"{size:.0f} B"


_LOOKS = {"parameters": (PARAMS, human), "multiply-adds": (MACS, human), "bytes": (BYTES, binary)}


def _bars(
    axis: "Axes", labels: list[str], values: list[float], colour: str, write: Callable[[float], str]
) -> None:
    positions = range(len(labels))
    axis.barh(positions, values, color=colour)
    axis.set_yticks(positions, labels)
    axis.set_xlim(0, 1.18 * max([*values, 1e-9]))
    axis.set_xticks([])
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    for position, value in zip(positions, values, strict=True):
        axis.annotate(write(value), (value, position), xytext=(4, 0), textcoords="offset points", va="center")
