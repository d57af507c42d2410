"""Training data as a training wants it: the batches of any epoch, from any batch on.

Takes a data set of `cvlabs.data`, any other `tf.data.Dataset`, an object with a length that gives batches
when iterated, or a pair of arrays.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
import numpy as np

Array = Any
Data = Any
Check = Callable[[Array, Array], None]  # of images and labels


_TOLD = {  # by the `info` of data; the name is not among it, since files may have been moved
    "split": "split",
    "classes": "classes of the data",
    "count": "number of images",
    "augment": "augmentation",
    "seed": "seed of the data",
}


@dataclass(frozen=True)
class Batches:
    """Batches `(images, labels)`.

    Args:
        epoch: `epoch(n, first_batch)` gives the batches of epoch n from the one numbered `first_batch` on.
        steps: Batches of an epoch.
        batch_size: Images of a batch.
        image_shape: Height, width and channels.
        is_repeatable: Whether epoch n has the same batches in the same order whenever it is asked for.
        statistics: Mean and standard deviation of each channel, where they are known, and of what.
        example: Some images and their labels.
        facts: What is known of the data, plain, by which a training that goes on knows it again.
    """

    epoch: Callable[[int, int], Any]
    steps: int
    batch_size: int
    image_shape: tuple[int, ...]
    is_repeatable: bool
    statistics: tuple[list[float], list[float], str] | None
    example: tuple[Array, Array]
    facts: Mapping[str, Any]


def training_batches(data: Data, batch_size: int, seed: int, check: Check) -> Batches:
    """Returns data to train with.

    Arrays are shuffled by seed and epoch, and cut into batches of `batch_size`; the rest that fills none is
    left out, which is other images in each epoch.

    Args:
        data: What the module names.
        batch_size: Images of a batch, for arrays.
        seed: Of the order of arrays.
        check: Raises a `ValueError` for images and labels that do not fit: it gets whole arrays, of other
            data the first batch.

    Raises:
        ValueError: It is none of what the module names, has no length, or does not fit.
    """
    if is_arrays(data):
        images, labels = _checked(data, check)
        size = min(batch_size, len(images))
        feed, statistics = _feed(images, labels, size, seed), _statistics(images)
        return Batches(
            feed,
            len(images) // size,
            size,
            images.shape[1:],
            True,
            statistics,
            (images[:2], labels[:2]),
            _facts(statistics, images.shape[1:], {"number of images": len(images)}),
        )
    steps = length(data)
    images, labels = _first(data, check)
    info = getattr(data, "info", None)
    has_epochs = callable(getattr(data, "epoch", None))
    known = None
    if info is not None and getattr(info, "mean", None) is not None:
        known = (list(info.mean), list(info.std), f"of {info.name}")
    told = {words: _plain(getattr(info, name)) for name, words in _TOLD.items() if hasattr(info, name)}
    return Batches(
        epoch=data.epoch if has_epochs else partial(_from, data),
        steps=steps,
        batch_size=int(getattr(info, "batch_size", None) or len(images)),
        image_shape=tuple(images.shape[1:]),
        is_repeatable=has_epochs,
        statistics=known,
        example=(images, labels),
        facts=_facts(known, images.shape[1:], told),
    )


def validation_batches(data: Data, batch_size: int, check: Check) -> Callable[[], Any]:
    """Returns a function that gives all batches in their order; for `check` see `training_batches`."""
    if not is_arrays(data):
        length(data)
        _first(data, check)
        return lambda: data
    images, labels = _checked(data, check)
    order = np.arange(len(images))
    return lambda: _gathered(images, labels, order, batch_size)


def for_keras(data: Data) -> Data:
    """Returns data as Keras' `fit` takes it: what it does not know becomes a generator."""
    known = hasattr(data, "element_spec") or isinstance(data, keras.utils.PyDataset)
    return data if known else (batch for batch in data)


def length(data: Data) -> int:
    """Returns the number of batches.

    Raises:
        ValueError: There is none, or it is not known.
    """
    try:
        steps = len(data)
    except TypeError as error:
        raise ValueError(
            f"data must have a length, its number of batches; {type(data).__name__} has none ({error}). "
            "For a tf.data.Dataset, data.apply(tf.data.experimental.assert_cardinality(n)) gives it one."
        ) from error
    if steps < 1:
        raise ValueError("data has no batches.")
    return int(steps)


def is_arrays(data: Data) -> bool:
    """Whether data is a pair of arrays, and not batches."""
    return isinstance(data, (tuple, list)) and len(data) == 2 and all(hasattr(x, "shape") for x in data)


def _checked(data: Data, check: Check) -> tuple[Array, Array]:
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
    if not np.isfinite(images).all():
        broken = np.flatnonzero(~np.isfinite(images).all(axis=(1, 2, 3)))
        raise ValueError(
            f"{len(broken)} images hold values that are no finite numbers, the first is {broken[0]}."
        )
    if labels.ndim == 1:
        labels = labels.astype("int32")
    return images, labels


def _feed(images: Array, labels: Array, size: int, seed: int) -> Callable[[int, int], Any]:
    def epoch(n: int, first_batch: int = 0) -> Any:
        order = np.random.default_rng((seed, n)).permutation(len(images))
        order = order[: len(images) // size * size][first_batch * size :]
        return _gathered(images, labels, order, size)

    return epoch


def _gathered(images: Array, labels: Array, order: Array, size: int) -> Any:
    """Returns the images in that order, in batches; for TensorFlow as a pipeline of its own."""
    if keras.backend.backend() != "tensorflow":
        return _slices(images, labels, order, size)
    import tensorflow as tf

    batches = tf.data.Dataset.from_tensor_slices(order).batch(size)
    with tf.device("CPU:0"):  # also where there is a GPU: all images may be more than it holds
        tensors = tf.constant(images), tf.constant(labels)
    return batches.map(lambda indices: tuple(tf.gather(x, indices) for x in tensors)).prefetch(2)


def _slices(images: Array, labels: Array, order: Array, size: int) -> Iterator[tuple[Array, Array]]:
    for start in range(0, len(order), size):
        indices = order[start : start + size]
        yield images[indices], labels[indices]


def _facts(
    statistics: tuple[list[float], list[float], str] | None, shape: Iterable[int], told: Mapping[str, Any]
) -> dict[str, Any]:
    mean, std, _ = statistics or ([], [], "")
    rounded = {"mean": mean, "deviation": std}  # other processors sum up in other orders
    numbers = {f"{name} of the images": [float(f"{x:.5g}") for x in of] for name, of in rounded.items()}
    return {"shape of the images": [int(side) for side in shape], **told, **numbers}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _statistics(images: Array) -> tuple[list[float], list[float], str]:
    """Returns the mean and deviation of each channel, over at most 10,000 images."""
    some = images[:: max(1, len(images) // 10_000)].astype("float64")
    mean, std = some.mean(axis=(0, 1, 2)), some.std(axis=(0, 1, 2))
    return mean.tolist(), np.where(std > 0, std, 1.0).tolist(), "of the training images"


def _first(data: Data, check: Check) -> tuple[Array, Array]:
    spec = getattr(data, "element_spec", None)
    epoch = getattr(data, "epoch", None)
    batch = next(iter(epoch(0, 0) if callable(epoch) else data))  # so that its first epoch is still to come
    pair = batch if isinstance(batch, (tuple, list)) else ()
    if len(pair) != 2 or not all(hasattr(x, "shape") for x in pair):
        raise ValueError(f"data must give batches (images, labels), got {spec or type(batch).__name__}.")
    images, labels = batch
    if len(images.shape) != 4:
        raise ValueError(f"images must come in batches N×H×W×C, got {tuple(images.shape)}; see .batch().")
    check(images, labels)
    return images, labels


def _from(data: Data, _: int, first_batch: int) -> Iterable[Any]:
    if not first_batch:
        return data
    return data.skip(first_batch) if hasattr(data, "skip") else itertools.islice(data, first_batch, None)
