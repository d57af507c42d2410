"""Lines in panels side by side, such as errors that fall and errors that were published."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from cvlabs.grading import for_readers
from cvlabs.plot.bars import BYTES, MACS, OTHERS, PARAMS
from cvlabs.plot.ready import build_or_explain, no_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Points = Sequence[tuple[float, float]]
Panel = Mapping[str, Points]

COLOURS = (MACS, PARAMS, BYTES, OTHERS)
FEW = 3  # lines that get a colour each; of more, two and two share one, the first of them dashed


@for_readers
def lines(
    panels: Mapping[str, Panel | Callable[[], Panel] | None],
    along: Sequence[str],
    up: str,
    *,
    title: str = "",
    log: bool = False,
    share: bool = False,
) -> None:
    """Shows lines in panels, side by side.

    Args:
        panels: `{title: {label: [(x, y), …]}}`. In place of a panel may stand a function that returns it, or
            `None`, such as an experiment that has not run: the panel is left out.
        along: What the x of each panel is.
        up: What y is.
        title: Title of the figure.
        log: Whether y is shown on a logarithmic axis.
        share: Whether the panels have the same range of y.
    """
    found = {}
    for (name, panel), x in zip(panels.items(), along, strict=True):
        ready = build_or_explain(panel, None, {}) if callable(panel) else panel
        if ready is not None:
            found[name] = (ready, x)
    if not found:
        no_figure("there is nothing to show.")
        return
    import matplotlib.pyplot as plt

    size = (5.2 * len(found) if len(found) > 1 else 8, 4)
    figure, axes = plt.subplots(
        1, len(found), figsize=size, sharey=share, squeeze=False, layout="constrained"
    )
    for axis, (name, (panel, x)) in zip(axes[0], found.items(), strict=True):
        _panel(axis, panel)
        axis.set_title(name, fontsize=11)
        axis.set_xlabel(x)
        if log:
            axis.set_yscale("log")
        else:
            axis.set_ylim(bottom=0)
    axes[0][0].set_ylabel(up)
    figure.suptitle(title)
    plt.show()


def _panel(axis: "Axes", panel: Panel) -> None:
    for i, (label, points) in enumerate(panel.items()):
        few = len(panel) <= FEW
        colour, style = COLOURS[(i if few else i // 2) % len(COLOURS)], "-" if few or i % 2 else "--"
        marker = "o" if len(points) < 8 else None
        xs, ys = zip(*points, strict=True)
        axis.plot(xs, ys, style, color=colour, marker=marker, markersize=4, linewidth=1.6, label=label)
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(axis="y", alpha=0.25)
    axis.legend(frameon=False, fontsize=9)
