"""What a network says of images: arrays, or files as a camera wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
import numpy as np

from cvlabs.train.naming import names_of
from cvlabs.train.photographs import paths_of, photographs
from cvlabs.train.probabilities import classifier
from cvlabs.train.published import Prepare
from cvlabs.train.scale import check_takes_files, check_values
from cvlabs.train.trained import with_preparation
from cvlabs.train.views import Size, Views, check_views, whole
from cvlabs.whole_number import whole_number

Array = Any  # numpy.ndarray

_CROP = 0.875  # side of a crop as a part of the shorter side of the image, as for ImageNet
_AT_ONCE = 32


@dataclass(frozen=True)
class Prediction:
    """What a network says of one image.

    Args:
        image: Path of the file, or the number of the image in an array.
        classes: Names of the best classes and their probabilities, the best first.
    """

    image: str
    classes: tuple[tuple[str, float], ...]

    def __str__(self) -> str:
        return f"{self.image}: " + ", ".join(f"{name} {100 * share:.1f} %" for name, share in self.classes)


def predict(
    network: Any,
    images: Any,
    *,
    top: int = 5,
    views: Views = whole,
    classes: Sequence[str] | None = None,
) -> list[Prediction]:
    """Names the best classes of images.

    Files are cut to the shape of the network's input around their centre and resized to it; for `views` other
    than `whole` a seventh larger, so that there is something to crop. For a network with its published
    weights they are prepared as its publisher does, as by `cvlabs.preprocessing`.

    Args:
        network: What `fit` returned, a model that takes pixels, a `.keras` file, or what
            `cvlabs.create_model(name, weights="imagenet")` gives.
        images: A path, or several; or an array N×H×W×C or H×W×C with values from 0 to 255.
        top: How many classes to name; all, if there are fewer.
        views: What the network sees of each image; see `evaluate`.
        classes: Names of the classes. By default those that lie beside the network in `classes.txt`, or
            ImageNet's if there are 1000.

    Returns:
        A prediction per image, in order.

    Raises:
        ValueError: The network does not fit the images or the names, no names are known, or a file cannot be
            read.

    Example:
        >>> import cvlabs, numpy as np
        >>> from cvlabs.train import with_normalization
        >>> model = with_normalization(cvlabs.create_model("resnet20_cifar"), [125] * 3, [63] * 3)
        >>> found = predict(model, np.zeros((32, 32, 3)), classes="abcdefghij", top=3)
        >>> len(found), len(found[0].classes)
        (1, 3)
    """
    top = whole_number("top", top)
    check_views(views)
    model, prepare = with_preparation(network)
    names = names_of(network, model, classes)
    classify = classifier(model, views)
    labels, parts = _given(images, model, views, prepare if views is whole else None)
    predictions: list[Prediction] = []
    for part in parts:
        for scores in classify(part() if callable(part) else part):
            best = np.argsort(-scores, kind="stable")[:top]
            named = tuple((names[i], float(scores[i])) for i in best)
            predictions.append(Prediction(labels[len(predictions)], named))
    return predictions


def _given(
    images: Any, model: keras.Model, views: Views, prepare: Prepare | None
) -> tuple[list[str], list[Any]]:
    """Returns what to call each image, and batches or functions that give them."""
    paths = paths_of(images)
    if paths is not None:
        check_takes_files(model)
        read = photographs(paths, _read_size(model, views), prepare)
        starts = range(0, len(paths), _AT_ONCE)
        ends = [min(start + _AT_ONCE, len(paths)) for start in starts]
        return [str(p) for p in paths], [partial(read, *part) for part in zip(starts, ends, strict=True)]
    array = np.asarray(images)
    array = array[None] if array.ndim == 3 else array
    if array.ndim != 4 or not len(array):
        raise ValueError(f"images must be paths, or an array N×H×W×C or H×W×C, got shape {array.shape}.")
    check_values(model, array)
    batches = [array[i : i + _AT_ONCE] for i in range(0, len(array), _AT_ONCE)]
    return [str(i) for i in range(len(array))], batches


def _read_size(model: keras.Model, views: Views) -> Size:
    height, width = model.inputs[0].shape[1:3]
    if height is None or width is None:
        raise ValueError(f"{model.name} takes images of any size: give it an array, of the size you want.")
    if views is whole:
        return height, width
    return round(height / _CROP), round(width / _CROP)
