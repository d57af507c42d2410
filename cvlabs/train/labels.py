"""Labels: whether they are classes of a network, asked before they meet it."""

from typing import Any

import numpy as np

Array = Any  # numpy.ndarray

_ROUNDING = 0.01  # of shares in half precision


def check_labels(labels: Array, classes: int, what: str = "labels") -> None:
    """Checks labels: class numbers N or N×1 from 0 on, or shares of classes N×classes, which add up to 1.

    Args:
        labels: The labels.
        classes: How many classes the network has.
        what: What to call the labels.

    Raises:
        ValueError: They are of another kind, width, range or sum.
    """
    check_are_numbers(labels, what)
    width = labels.shape[1] if labels.ndim == 2 else 1
    if labels.ndim not in (1, 2) or width not in (1, classes):
        raise ValueError(
            f"{what} must be class numbers N, or N×{classes} as the network has {classes} classes; "
            f"got the shape {labels.shape}."
        )
    if width == classes:
        _check_shares(labels, f"{what} N×{classes}")
        return
    if labels.size and not (labels.min() >= 0 and labels.max() < classes):
        raise ValueError(
            f"{what} must be from 0 to {classes - 1}, as the network has {classes} classes; "
            f"got {_range(labels)}."
        )


def check_are_numbers(labels: Array, what: str = "labels") -> None:
    """Checks that labels are numbers, and those of classes whole.

    Raises:
        ValueError: They are names, or have fractions.
    """
    if labels.dtype.kind not in "biuf":
        example = f", such as {labels.flat[0]!r}" if labels.size else ""
        raise ValueError(
            f"{what} must be class numbers, got {labels.dtype}{example}. "
            "numpy.unique(names, return_inverse=True) gives the names sorted, and their numbers."
        )
    is_column = labels.ndim == 1 or labels.shape[1:] == (1,)
    if is_column and not np.array_equal(labels, np.trunc(labels)):
        raise ValueError(f"{what} must be class numbers, got {labels.dtype} with fractions.")


def _check_shares(labels: Array, what: str) -> None:
    if not ((labels >= 0) & (labels <= 1)).all():
        raise ValueError(f"{what} must be shares from 0 to 1, got {_range(labels)}.")
    sums = labels.sum(axis=1, dtype="float64")
    if not np.allclose(sums, 1, atol=_ROUNDING):
        raise ValueError(
            f"{what} must be shares that add up to 1 for each image, got sums of {_range(sums)}: an image "
            "has one class, or is mixed of several."
        )


def class_numbers(labels: Array, classes: int) -> Array:
    """Returns the class number of each label that shows one class.

    Args:
        labels: As for `check_labels`.
        classes: How many classes the network has.

    Raises:
        ValueError: They are no classes, or mixed.

    Example:
        >>> class_numbers(np.array([[0, 1, 0], [1, 0, 0]]), 3).tolist()
        [1, 0]
    """
    check_labels(labels, classes)
    if labels.shape[1:] == (classes,):
        if not ((labels == 0) | (labels == 1)).all() or not (labels.sum(axis=1) == 1).all():
            raise ValueError("labels are mixed: evaluate on data without mixup and cutmix.")
        return labels.argmax(axis=1)
    numbers = labels[:, 0] if labels.ndim == 2 else labels
    return numbers.astype("int64")


def _range(labels: Array) -> str:
    return f"{labels.min():g} to {labels.max():g}"
