"""The channels of one pixel, before and after a function of a tensor."""

from collections.abc import Callable, Sequence
from typing import Any

from cvlabs.grading import for_readers
from cvlabs.plot.bars import MACS, PARAMS
from cvlabs.plot.ready import build_or_explain, no_figure


@for_readers
def channels(
    function: Callable[..., Any], values: Sequence[float], *, title: str = "", **arguments: Any
) -> None:
    """Shows what a function makes of one pixel, channel by channel.

    Args:
        function: A function that adds layers or operations to a tensor N×height×width×channels. If it is not
            written yet, one line says so in place of the figure.
        values: The pixel, one value for each channel.
        title: Title of the figure.
        **arguments: Further arguments of the function.
    """
    import numpy as np

    pixel = np.reshape(np.asarray(values, "float32"), (1, 1, 1, -1))
    model = build_or_explain(function, pixel.shape[1:], arguments)
    if model is None:
        return
    import keras
    import matplotlib.pyplot as plt

    after = np.asarray(keras.ops.convert_to_numpy(model(pixel))).reshape(-1)
    if after.size != pixel.size:
        no_figure(f"{after.size} values came out of a pixel of {pixel.size} channels.")
        return
    figure, axes = plt.subplots(2, 1, figsize=(10, 3.6), sharex=True, layout="constrained")
    for axis, heights, what, colour in zip(
        axes, (pixel.reshape(-1), after), ("before", "after"), (PARAMS, MACS), strict=True
    ):
        axis.bar(range(pixel.size), heights, color=colour)
        axis.set_ylabel(what)
        axis.spines[["top", "right"]].set_visible(False)
    axes[1].set_xlabel("channels of one pixel")
    figure.suptitle(title)
    plt.show()
