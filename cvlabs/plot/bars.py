"""Bars of parameters, multiply-adds and memory, side by side; and bars of any one number."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from cvlabs.plot.ready import build_or_explain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Costs = Mapping[str, tuple[float, ...]]
Values = Mapping[str, float]

PARAMS, MACS, BYTES = "#4477aa", "#cc6677", "#ddaa33"


def cost_bars(costs: Costs | Callable[[], Costs], title: str = "") -> None:
    """Shows what parts of a network cost: parameters on the left, multiply-adds to the right of them.

    Args:
        costs: `{label: (params, macs)}`, or `{label: (params, macs, bytes)}` for a third column with the
            memory of outputs; or a function that returns such a mapping. If the function calls something that
            is not written yet, one line says so in place of the figure.
        title: Title of the figure.
    """
    found = build_or_explain(costs, None, {}) if callable(costs) else costs
    if found is None:
        return
    columns = [("parameters", PARAMS, human), ("multiply-adds", MACS, human), ("memory", BYTES, human_bytes)]
    width = max((len(cost) for cost in found.values()), default=2)
    _figure(list(found), list(zip(*found.values(), strict=True)), columns[:width], title)


def value_bars(values: Values | Callable[[], Values], what: str, title: str = "") -> None:
    """Shows one number for each label.

    Args:
        values: `{label: number}`, or a function that returns such a mapping, as for `cost_bars`.
        what: What the numbers are, in the plural: `"pixels"`.
        title: Title of the figure.
    """
    found = build_or_explain(values, None, {}) if callable(values) else values
    if found is not None:
        _figure(list(found), [list(found.values())], [(what, PARAMS, human)], title)


def human(n: float) -> str:
    """Writes a count the way papers do: 950, 12.3 k, 6.998 M, 1.58 G."""
    for size, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if abs(n) >= size:
            return f"{n / size:.3g}{unit}"
    return f"{n:.0f}"


def human_bytes(n: float) -> str:
    """Writes bytes in units of 1024: 980 B, 16 KiB, 1.11 MiB."""
    for size, unit in ((2**30, " GiB"), (2**20, " MiB"), (2**10, " KiB")):
        if abs(n) >= size:
            return f"{n / size:.3g}{unit}"
    return f"{n:.0f} B"


Column = tuple[str, str, Callable[[float], str]]
"""A column's heading, its colour, and how its numbers are written."""


def _figure(
    labels: list[str], columns: Sequence[Sequence[float]], heads: Sequence[Column], title: str
) -> None:
    import matplotlib.pyplot as plt

    size = (10, 1.0 + 0.42 * len(labels))
    figure, axes = plt.subplots(1, len(heads), figsize=size, sharey=True, squeeze=False, layout="constrained")
    for axis, values, head in zip(axes[0], columns, heads, strict=True):
        _bars(axis, labels, values, *head)
    axes[0, 0].invert_yaxis()  # shared
    figure.suptitle(title)
    plt.show()


def _bars(
    axis: "Axes",
    labels: list[str],
    values: Sequence[float],
    what: str,
    colour: str,
    written: Callable[[float], str],
) -> None:
    positions = range(len(labels))
    axis.barh(positions, values, color=colour)
    axis.set_yticks(positions, labels)
    axis.set_title(what, fontsize=11)
    axis.set_xlim(0, 1.18 * max([*values, 1e-9]))
    axis.set_xticks([])
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    for position, value in zip(positions, values, strict=True):
        axis.annotate(
            written(value), (value, position), xytext=(4, 0), textcoords="offset points", va="center"
        )
