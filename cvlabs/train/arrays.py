"""Images and labels that are whole arrays: looked through, measured, and cut into batches."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import keras
import numpy as np

from cvlabs.counted import counted
from cvlabs.data.batches import traced_once
from cvlabs.data.statistics import channel_statistics

Array = Any
Data = Any
Check = Callable[[Array, Array], None]  # of images and labels

_MEASURED = 10_000  # images at most, for the statistics of a set
_AT_ONCE = 256


def is_arrays(data: Data) -> bool:
    """Whether data is a pair of arrays, and not batches; labels may be a list."""
    is_pair = isinstance(data, (tuple, list)) and len(data) == 2
    return is_pair and hasattr(data[0], "shape") and (hasattr(data[1], "shape") or isinstance(data[1], list))


def checked_arrays(data: Data, check: Check) -> tuple[Array, Array]:
    """Returns images and labels as NumPy arrays, labels of classes as int32 N.

    Args:
        data: A pair of arrays.
        check: As for `cvlabs.train.batches.training_batches`.

    Raises:
        ValueError: They are not images and labels, not as many, or do not fit.
    """
    images, labels = (np.asarray(x) for x in data)
    if images.ndim != 4:
        raise ValueError(f"images must have the shape N×H×W×C, got {images.shape}.")
    if images.dtype.kind not in "biuf":
        raise ValueError(f"images must be numbers, got {images.dtype}.")
    if not labels.ndim or len(images) != len(labels) or not len(images):
        counts = f"{len(images)} and {len(labels) if labels.ndim else 'one number'}"
        raise ValueError(f"images and labels must be as many, and some; got {counts}.")
    check(images, labels)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    broken = _not_finite(images)
    if len(broken):
        raise ValueError(
            f"{counted(len(broken), 'image holds', 'images hold')} values that are not finite numbers, "
            f"the first is {broken[0]}."
        )
    if labels.ndim == 1:
        labels = labels.astype("int32")
    return images, labels


def _not_finite(images: Array) -> Array:
    """Returns the numbers of the images with values that are infinite or no number."""
    if images.dtype.kind != "f":
        return np.array([], int)
    parts = (images[i : i + _AT_ONCE] for i in range(0, len(images), _AT_ONCE))
    return np.flatnonzero(np.concatenate([~np.isfinite(part).all(axis=(1, 2, 3)) for part in parts]))


def shuffled(images: Array, labels: Array, size: int, seed: int) -> Callable[[int, int], Any]:
    """Returns what gives the batches of epoch n from one of them on, in an order that seed and n make."""
    gathered = in_order(images, labels, size)

    def epoch(n: int, first_batch: int = 0) -> Any:
        order = np.random.default_rng((seed, n)).permutation(len(images))
        return gathered(order[: len(images) // size * size][first_batch * size :])

    return epoch


def in_order(images: Array, labels: Array, size: int) -> Callable[[Array], Any]:
    """Returns a function of an order that gives the images in it, in batches; for TensorFlow a pipeline."""
    if keras.backend.backend() != "tensorflow":
        return partial(_slices, images, labels, size)
    import tensorflow as tf

    @cache
    def made() -> Callable[[Array], Any]:
        with tf.device("CPU:0"):  # also where there is a GPU: all images may be more than it holds
            parts = tf.constant(images), tf.constant(labels)  # copies: one for all epochs

        def gathered(order: Any) -> Any:
            batches = tf.data.Dataset.from_tensor_slices(order).batch(size)
            return batches.map(lambda indices: tuple(tf.gather(x, indices) for x in parts)).prefetch(2)

        return traced_once(gathered, tf.TensorSpec((None,), tf.int64))

    return lambda order: made()(order)


def _slices(images: Array, labels: Array, size: int, order: Array) -> Iterator[tuple[Array, Array]]:
    for start in range(0, len(order), size):
        indices = order[start : start + size]
        yield images[indices], labels[indices]


def statistics_of(images: Array) -> tuple[list[float], list[float], str]:
    """Returns the mean and deviation of each channel, over at most 10,000 images."""
    some = images[:: -(-len(images) // _MEASURED)]
    rows = some.reshape(-1, *some.shape[2:])  # so that few values are float64 at once
    mean, std = channel_statistics(rows)
    # What differs by less than a millionth of its mean is constant, but for rounding.
    spread = [s if s > 1e-6 * abs(m) else 1.0 for m, s in zip(mean, std, strict=True)]
    return list(mean), spread, "of the training images"
