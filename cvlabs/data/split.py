"""Splits and slices of them: `train`, `train[:80%]`, `test[100:200]`."""

import re
from collections.abc import Iterable

import numpy as np

_SLICE = re.compile(r"(\w+)(?:\[(-?\d+%?)?:(-?\d+%?)?\])?")


def parse_split(split: str) -> tuple[str, tuple[str, str] | None]:
    """Returns the name of a split, and the bounds of its slice as they are written.

    Raises:
        ValueError: It is written otherwise.
    """
    match = _SLICE.fullmatch(split) if isinstance(split, str) else None
    if not match:
        raise ValueError(f'Unknown split {split!r}. Splits are written "train", "train[:80%]", "test[:500]".')
    name, low, high = match.groups()
    return name, None if "[" not in split else (low or "", high or "")


def no_split(what: object, split: str, known: Iterable[str]) -> ValueError:
    """Returns the error that a data set has no split of that name."""
    return ValueError(
        f"{what} has no split {split!r}; it has: {', '.join(known)}. Parts of one are written "
        '"train[:80%]" and "train[80%:]".'
    )


def take_slice(labels: np.ndarray, bounds: tuple[str, str]) -> np.ndarray:
    """Returns the places that a slice takes, in order.

    Percents are taken of each class by itself, so that a slice of a sorted split has all classes in the same
    proportions, and that two slices which share no percent share no image. Where a class has two images or
    more, a bound within it leaves one at either side, so both `train[:80%]` and `train[80%:]` have some of
    it. Plain numbers count images round the classes: the first of each, the second of each, and so on.

    Args:
        labels: Class index of each image.
        bounds: The two sides of the colon.
    """
    order = np.argsort(labels, kind="stable")
    counts = np.bincount(labels)
    starts = np.cumsum(counts) - counts
    rank = np.empty(len(labels), np.int64)  # of each image in its class
    rank[order] = np.arange(len(labels)) - np.repeat(starts, counts)
    if any(bound.endswith("%") for bound in bounds):
        sizes = counts[labels]
        low, high = (_percent(bound, sizes, default) for bound, default in zip(bounds, (0, 100), strict=True))
        return np.flatnonzero((rank >= low) & (rank < high))
    turn = np.lexsort((np.arange(len(labels)), labels, rank))
    first, last = (int(bound) if bound else None for bound in bounds)
    return np.sort(turn[first:last])


def _percent(bound: str, sizes: np.ndarray, default: int) -> np.ndarray:
    """The rank in its class at which a percentage lies, for each image."""
    if bound and not bound.endswith("%"):
        raise ValueError(
            f"A slice has percentages or numbers of images on both sides, got {bound} beside a percentage."
        )
    share = int(bound[:-1]) if bound else default
    share = share + 100 if share < 0 else share
    if not 0 <= share <= 100:
        raise ValueError(f"Percentages of a split lie between 0 and 100, got {bound}.")
    rank = np.round(sizes * share / 100)
    return np.where((sizes > 1) & (0 < share < 100), np.clip(rank, 1, sizes - 1), rank)
