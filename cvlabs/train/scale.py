"""Whether images have the scale that a network normalizes: pixels from 0 to 255, or values from 0 to 1.

On the wrong scale nothing fails, but all images look alike to the network.
"""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import layers

from cvlabs.train.normalization import NORMALIZING, pixel_layers

Array = Any  # numpy.ndarray

_PIXELS = 0.15  # up to this factor pixels are normalized: 1/255 is less, and so is 1 by any usual deviation
_UNITS = 1.6  # from this factor on values from 0 to 1 are normalized: 1 by their deviation is 2 at least


def check_values(model: keras.Model, images: Array, std: Sequence[float] | None = None) -> None:
    """Checks the scale of images. Of black ones nothing can be said.

    Args:
        model: A network.
        images: Images N×H×W×C.
        std: Deviation of each channel by which they are divided before, where the network does not do so.

    Raises:
        ValueError: They have values up to 1, and what is normalized are pixels from 0 to 255.
    """
    factors = _factors(model) if std is None else 1 / np.asarray(std, "float64")
    highest = float(np.max(np.asarray(images), initial=0))
    if factors is not None and factors.max() < _PIXELS and 0 < highest <= 1:
        raise ValueError(
            f"The images have values up to {highest:g}, but pixels from 0 to 255 are what is normalized for "
            f"{model.name}: leave out a division by 255, or pass 255 * images."
        )


def check_takes_files(model: keras.Model) -> None:
    """Checks that a network takes pixels of files.

    Raises:
        ValueError: It normalizes values from 0 to 1.
    """
    factors = _factors(model)
    if factors is not None and factors.min() > _UNITS:
        raise ValueError(
            f"{model.name} was made for images with values from 0 to 1, files have pixels from 0 to 255: "
            "pass arrays of its scale, or train it on pixels, which need no division."
        )


def _factors(model: keras.Model) -> Array | None:
    """By what a network multiplies the channels of its input; `None` if it does not tell."""
    kinds = [layer for layer in pixel_layers(model) if isinstance(layer, NORMALIZING)]
    if not kinds or any(not isinstance(layer, layers.Rescaling) for layer in kinds):
        return None
    factors = np.ones(1)
    for layer in kinds:
        factors = factors * np.abs(layer.scale)
    return factors
