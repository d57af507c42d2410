"""Whether data fits a network: told in one line, before anything is trained."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from cvlabs.train.labels import check_labels

Array = Any  # numpy.ndarray, or a tensor


def check_batch(model: keras.Model, classes: int, what: str, images: Array, labels: Array) -> None:
    """Checks images and labels, all of them or those of a batch.

    Args:
        model: The network.
        classes: How many classes it has.
        what: What to call the data: the argument's name.
        images: N×H×W×C.
        labels: See `cvlabs.train.labels.check_labels`.

    Raises:
        ValueError: The images have another shape than the network takes, or the labels are no classes of it.
    """
    shape, taken = tuple(images.shape[1:]), tuple(model.inputs[0].shape[1:])
    if any(want not in (None, have) for have, want in zip(shape, taken, strict=True)):
        raise ValueError(
            f"the images of {what} are {_text(shape)}, the network takes {_text(taken)}: "
            f"cvlabs.create_model(…, input_shape={shape}) fits, or images of its size do."
        )
    check_labels(np.asarray(labels), classes, f"labels of {what}")


def check_classes(classes: int, train: Any, validation: Any) -> None:
    """Checks what data says of its classes.

    Args:
        classes: How many classes the network has.
        train: Data, which may have an `info`.
        validation: The same, or `None`.

    Raises:
        ValueError: There are more or fewer, or those of `validation` are others than those of `train`.
    """
    learned, tested = classes_of(train), classes_of(validation)
    for what, names in (("data", learned), ("validation data", tested)):
        if names is not None and len(names) != classes:
            raise ValueError(
                f"the network has {classes} classes, the {what} {len(names)}; "
                f"cvlabs.create_model(…, classes={len(names)}) fits."
            )
    if None not in (learned, tested) and learned != tested:
        raise ValueError(
            f"train has the classes {listed(learned or ())}, validation {listed(tested or ())}: the "
            "numbers of their labels mean different things."
        )


def classes_of(data: Any) -> tuple[str, ...] | None:
    """Returns the names of the classes of data that knows them."""
    names = getattr(getattr(data, "info", None), "classes", None)
    return None if names is None else tuple(map(str, names))


def listed(names: Sequence[str]) -> str:
    """Returns up to 12 names in a line."""
    return ", ".join(names[:12]) + (", …" if len(names) > 12 else "")


def _text(shape: tuple[int | None, ...]) -> str:
    return "×".join("any" if side is None else str(side) for side in shape)
