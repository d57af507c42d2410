"""Where a network looks: class activation maps over the images."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cvlabs.grading import for_readers
from cvlabs.plot.finish import show_or_save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_IMAGES = 8


@for_readers
def cam(
    network: Any,
    images: Any,
    *,
    of: Any = None,
    classes: Sequence[str] | None = None,
    title: str = "",
    save: str | Path | None = None,
) -> None:
    """Shows images, and below each the places that speak for a class.

    Bright is what raises the score of the class. Each map has a scale of its own, from 0 to its highest.

    Args:
        network: As for `cvlabs.train.predict`. It must end in global average pooling and one dense layer.
        images: A path, or several; or an array N×H×W×3 or H×W×3 with values from 0 to 255. Of more than 8 the
            first 8 are shown.
        of: Name or number of the class to look for; in each image the predicted one if left out.
        classes: Names of the classes, where they do not lie beside the network.
        title: Title of the figure.
        save: A file for the figure, which is then not shown.

    Raises:
        ValueError: The network has no such head, a file cannot be read, or there is no such class.
    """
    from cvlabs.train.class_activation import class_activation
    from cvlabs.train.naming import names_of
    from cvlabs.train.trained import with_preparation

    model, prepare = with_preparation(network)
    names = names_of(network, model, classes)
    pixels = _pixels(images, model, prepare)[:MOST_IMAGES]
    found = class_activation(model, pixels, None if of is None else _number(of, names))
    import matplotlib.pyplot as plt

    count = len(pixels)
    figure, axes = plt.subplots(
        2, count, figsize=(max(3.2, 2.1 * count), 4.8), squeeze=False, layout="constrained"
    )
    for i in range(count):
        chosen = int(found.classes[i])
        share = 100 * found.probabilities[i, chosen]
        _image(axes[0][i], axes[1][i], np.clip(pixels[i] / 255, 0, 1), np.maximum(found.maps[i], 0))
        axes[1][i].set_title(f"{names[chosen]}\n{share:.0f} %", fontsize=10)
    for axis in axes.flat:
        axis.set_axis_off()
    figure.suptitle(title)
    show_or_save(figure, save)


def _image(above: "Axes", below: "Axes", image: Any, heat: Any) -> None:
    """Draws an image, and below it in grey with the map over it; both fill it, whatever their size."""
    height, width = image.shape[:2]
    frame = (0, width, height, 0)
    above.imshow(image, extent=frame)
    below.imshow(image.mean(axis=-1), extent=frame, cmap="gray", vmin=0, vmax=1)
    seen = below.imshow(heat, extent=frame, cmap="inferno", interpolation="bilinear", alpha=0.6)
    seen.set_clim(0, heat.max() or 1)


def _pixels(images: Any, model: Any, prepare: Any) -> Any:
    from cvlabs.train.photographs import paths_of, photographs
    from cvlabs.train.scale import check_takes_files

    paths = paths_of(images)
    if paths is not None:
        check_takes_files(model)
        shown = paths[:MOST_IMAGES]
        return photographs(shown, model.inputs[0].shape[1:3], prepare)(0, len(shown))
    array = np.asarray(images)
    return array[None] if array.ndim == 3 else array


def _number(of: Any, names: Sequence[str]) -> int:
    if isinstance(of, str):
        if of not in names:
            raise ValueError(f"There is no class {of!r}; there are: {', '.join(names[:20])}.")
        return names.index(of)
    return int(of)
