"""What `load` is given, checked before anything is read."""

import inspect
import sys
from collections.abc import Sequence
from numbers import Integral
from pathlib import Path
from typing import Any

from cvlabs.data.batches import Augment
from cvlabs.whole_number import whole_number

Size = tuple[int, int]

_LARGEST = 2**63 - 1  # that TensorFlow takes


def check_name(name: object) -> None:
    """Raises a `ValueError` where the name of a data set is not a string."""
    if isinstance(name, Path):
        raise ValueError(f'A folder is named by the string "folder:{name}", got {name!r}.')
    if not isinstance(name, str):
        raise ValueError(f'A data set is named by a string such as "shapes" or "folder:PATH", got {name!r}.')


def seed_number(value: Any) -> int:
    """Returns the seed of a data set; 0 where none is given.

    Raises:
        ValueError: It is not a whole number from 0 to 2⁶³ - 1.
    """
    seed = whole_number("seed", 0 if value is None else value, 0)
    if seed > _LARGEST:
        raise ValueError(f"seed must be a whole number below 2**63, got {value!r}.")
    return seed


def height_and_width(size: Any) -> Size:
    """Returns height and width, of one number for both or of two.

    Raises:
        ValueError: It is neither, or less than one pixel.
    """
    try:
        height, width = (size, size) if isinstance(size, Integral) else size
        return whole_number("", height, 1), whole_number("", width, 1)
    except (TypeError, ValueError):
        raise ValueError(
            "image_size must be one whole number of pixels, at least 1, or two, height and width, such as "
            f"image_size=224 or image_size=(224, 224); got {size!r}."
        ) from None


def choice(what: str, value: object, known: Sequence[str]) -> None:
    """Raises a `ValueError` where a value is not one of those that are known."""
    if value not in known:
        *most, last = (f'"{one}"' for one in known)
        raise ValueError(f"{what} must be {', '.join(most)} or {last}, got {value!r}.")


def class_names(name: str, classes: Any) -> tuple[str, ...]:
    """Returns the names of the classes of a folder.

    Raises:
        ValueError: They are not several different names; or the data set is no folder, so it has its own.
    """
    if not name.startswith("folder:"):
        raise ValueError(f"{name!r} has classes of its own: leave out classes, which goes with a folder.")
    names = () if isinstance(classes, str) or not isinstance(classes, Sequence) else tuple(classes)
    if len(names) < 2 or len(set(names)) < len(names) or not all(isinstance(one, str) for one in names):
        raise ValueError(f"classes must be two or more different names, got {classes!r}.")
    return names


def augmentations(augment: Any) -> list[Augment]:
    """Returns the augmentations of a batch: none, one or several.

    Raises:
        ValueError: Something else than functions of images, labels and a seed.
    """
    if augment is None:
        return []
    if callable(augment) or isinstance(augment, str) or not isinstance(augment, Sequence):
        augment = [augment]
    for step in augment:
        _check_augmentation(step)
    return list(augment)


def check_labels(batch: Any, classes: Sequence[str]) -> None:
    """Raises a `ValueError` where augmented labels have another number of columns than there are classes.

    Args:
        batch: Specifications of the images and the labels of a batch.
        classes: Names of the classes.
    """
    shape = batch[1].shape
    if shape.rank == 2 and shape[1] not in (None, len(classes)):
        raise ValueError(
            f"The augmentation returns labels for {shape[1]} classes, but the data has {len(classes)}. It "
            f"has to know their number: mixup({len(classes)}), for example."
        )


def _check_augmentation(step: Any) -> None:
    expected = "augment must be functions of (images, labels, seed), such as cvlabs.data.pad_crop_flip(); got"
    name = str(getattr(step, "__qualname__", type(step).__qualname__))
    if not callable(step):
        raise ValueError(f"{expected} {step!r}.")
    if str(getattr(step, "__module__", "")).startswith("cvlabs.data.augment.") and "." not in name:
        raise ValueError(f"{expected} {name}, which returns such a function: call it, {name}(…).")
    if (keras := sys.modules.get("keras")) and isinstance(step, keras.Layer):
        raise ValueError(
            f"{expected} the Keras layer {step.name}. Its random numbers do not depend on the seed, so no "
            "epoch could be repeated: put it into the model. A layer without random numbers can be wrapped: "
            "augment=lambda images, labels, seed: (layer(images), labels)."
        )
    try:
        signature = inspect.signature(step)
    except (TypeError, ValueError):  # as some built-in callables have none
        return
    try:
        signature.bind(None, None, None)
    except TypeError:
        raise ValueError(f"{expected} {name}{signature}.") from None
