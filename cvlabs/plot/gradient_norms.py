"""How large the gradients are that reach the layers, by depth, of several networks on one axis."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cvlabs.grading import for_readers
from cvlabs.plot.finish import show_or_save
from cvlabs.plot.learning_curves import COLOURS
from cvlabs.plot.ready import no_figure


@for_readers
def gradient_norms(
    networks: Mapping[str, Any],
    x: Any = None,
    y: Any = None,
    *,
    title: str = "",
    save: str | Path | None = None,
) -> None:
    """Shows the norm of the gradient at each layer with a kernel, on a logarithmic axis.

    Args:
        networks: `{label: network}`. A network is a Keras model, which `x` and `y` are for; or what
            `cvlabs.train.gradient_norms` returned of one; or norms alone, in the order of depth, as a list or
            by name of the layer. `None` stands for what is not there yet, and is left out.
        x: A batch of what the models take.
        y: Its labels.
        title: Title of the figure.
        save: A file for the figure, which is then not shown.

    Raises:
        ValueError: A model without `x` and `y`, or something else that has no norms.
    """
    found = {
        label: _points(label, network, x, y) for label, network in networks.items() if network is not None
    }
    if not found:
        no_figure("there are no gradients to show.")
        return
    import matplotlib.pyplot as plt

    figure, axis = plt.subplots(figsize=(8, 4.2), layout="constrained")
    for i, (label, (depths, norms)) in enumerate(found.items()):
        colour = COLOURS[i % len(COLOURS)]
        axis.plot(depths, norms, "o-", color=colour, markersize=3.5, linewidth=1.2, label=label)
    axis.set_yscale("log")
    axis.set_xlabel("depth: layers with a kernel, from the image on")
    axis.set_ylabel("norm of the gradient")
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(axis="y", alpha=0.25)
    axis.legend(frameon=False)
    axis.set_title(title, fontsize=11)
    show_or_save(figure, save)


def _points(label: str, network: Any, x: Any, y: Any) -> tuple[list[int], list[float]]:
    """Returns depths and norms; a norm of 0 has no place on a logarithmic axis and becomes a gap."""
    import keras

    if isinstance(network, keras.Model):
        if x is None or y is None:
            raise ValueError(f"{label} is a model: its gradients need a batch, x=… and y=….")
        from cvlabs.train.inside import gradient_norms as measure

        network = measure(network, x, y)
    rows = list(network.values() if isinstance(network, Mapping) else network)
    if all(hasattr(row, "norm") for row in rows):
        kernels = [row for row in rows if row.has_kernel]
        depths, values = [row.depth for row in kernels], [row.norm for row in kernels]
    else:
        depths, values = list(range(1, len(rows) + 1)), rows
    try:
        norms = [float(value) for value in values]
    except (TypeError, ValueError) as error:
        raise ValueError(f"{label} has no norms that can be shown: {error}.") from error
    return depths, [norm if norm > 0 else float(np.nan) for norm in norms]
