"""Published errors against what networks cost."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cvlabs.plot.bars import PARAMS, human
from cvlabs.plot.ready import no_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LARGEST = 3000  # area of the largest disc, in square points
_PLACES = ((0, 1), (0, -1), (1, 0), (-1, 0))  # of a label around its disc, the first that is free


def error_scatter(
    networks: Mapping[str, tuple[int, float, int]], missing: Sequence[str] = (), title: str = ""
) -> None:
    """Shows networks as discs: error upwards, multiply-adds to the right, parameters as area.

    Args:
        networks: `{name: (macs, error in percent, params)}`.
        missing: Names of networks without a published error, said below the figure.
        title: Title of the figure.
    """
    if not networks:
        no_figure(f"no error is published for {', '.join(missing)}.")
        return
    import matplotlib.pyplot as plt
    from matplotlib.ticker import LogLocator, NullLocator

    figure, axis = plt.subplots(figsize=(9, 5.5), layout="constrained")
    largest = max(params for _, _, params in networks.values())
    macs, errors, params = zip(*networks.values(), strict=True)
    areas = [_LARGEST * count / largest for count in params]
    axis.scatter(macs, errors, s=areas, color=PARAMS, alpha=0.45, edgecolor=PARAMS)
    axis.scatter(macs, errors, s=6, color="#333333")
    axis.set_xscale("log")
    axis.margins(0.18)
    axis.xaxis.set_major_formatter(lambda n, _: human(n))
    axis.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axis.xaxis.set_minor_locator(NullLocator())
    axis.set_xlabel("multiply-adds for one image")
    axis.set_ylabel("top-5 error in percent")
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_title(f"{title}\nareas: parameters, from {human(min(params))} to {human(largest)}", fontsize=11)
    _label(axis, list(networks), list(zip(macs, errors, strict=True)), areas)
    if missing:
        figure.supxlabel(f"no published top-5 error: {', '.join(missing)}", fontsize=9)
    plt.show()


def _label(
    axis: "Axes", names: Sequence[str], points: Sequence[tuple[float, float]], areas: Sequence[float]
) -> None:
    """Writes each name beside its disc, if possible where it covers no other name or disc."""
    axis.figure.canvas.draw()
    discs = [_disc(axis, point, area) for point, area in zip(points, areas, strict=True)]
    taken: list[Any] = []
    for i, (name, point, area) in enumerate(zip(names, points, areas, strict=True)):
        others = [*taken, *discs[:i], *discs[i + 1 :]]
        texts = [_text(axis, name, point, _radius(area) + 3, place) for place in _PLACES]
        free = [t for t in texts if not any(t.get_window_extent().overlaps(box) for box in others)]
        chosen = free[0] if free else texts[0]
        for text in texts:
            if text is not chosen:
                text.remove()
        taken.append(chosen.get_window_extent())


def _radius(area: float) -> float:
    return math.sqrt(area / math.pi)


def _disc(axis: "Axes", point: tuple[float, float], area: float) -> Any:
    """The square around a disc, in pixels."""
    from matplotlib.transforms import Bbox

    x, y = axis.transData.transform(point)
    reach = _radius(area) * axis.figure.dpi / 72  # points are seventy-seconds of an inch
    return Bbox.from_extents(x - reach, y - reach, x + reach, y + reach)


def _text(
    axis: "Axes", name: str, point: tuple[float, float], distance: float, place: tuple[int, int]
) -> Any:
    across, up = place
    return axis.annotate(
        name,
        point,
        xytext=(across * distance, up * distance),
        textcoords="offset points",
        fontsize=9,
        ha={1: "left", 0: "center", -1: "right"}[across],
        va={1: "bottom", 0: "center", -1: "top"}[up],
    )
