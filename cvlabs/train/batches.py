"""Training data as a training wants it: the batches of any epoch, from any batch on.

Takes a data set of `cvlabs.data`, any other `tf.data.Dataset`, an object with a length that gives batches
when iterated, or a pair of arrays.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
import numpy as np

from cvlabs.train.arrays import Check, checked_arrays, in_order, is_arrays, shuffled, statistics_of

Array = Any
Data = Any

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
        images: Images of an epoch, whose last batch may be smaller.
        image_shape: Height, width and channels.
        is_repeatable: Whether epoch n has the same batches in the same order whenever it is asked for.
        statistics: Mean and standard deviation of each channel, where they are known, and of what.
        example: Some images and their labels.
        facts: What is known of the data, plain, by which a training that goes on knows it again.
    """

    epoch: Callable[[int, int], Any]
    steps: int
    batch_size: int
    images: int
    image_shape: tuple[int, ...]
    is_repeatable: bool
    statistics: tuple[list[float], list[float], str] | None
    example: tuple[Array, Array]
    facts: Mapping[str, Any]

    def images_until(self, batch: int) -> int:
        """Returns how many images of an epoch there are before a batch, counted from 0."""
        return min(batch * self.batch_size, self.images)


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
        images, labels = checked_arrays(data, check)
        size = min(batch_size, len(images))
        statistics = statistics_of(images)
        return Batches(
            epoch=shuffled(images, labels, size, seed),
            steps=len(images) // size,
            batch_size=size,
            images=len(images) // size * size,
            image_shape=images.shape[1:],
            is_repeatable=True,
            statistics=statistics,
            example=(images[:2], labels[:2]),
            facts=_facts(statistics, images.shape[1:], {"number of images": len(images)}),
        )
    steps = length(data)
    images, labels = _first(data, check)
    info = getattr(data, "info", None)
    has_epochs = callable(getattr(data, "epoch", None))
    known = None
    if info is not None and getattr(info, "mean", None) is not None:
        known = (list(info.mean), list(info.std), f"of {info.name}")
    told = {words: _plain(getattr(info, name)) for name, words in _TOLD.items() if hasattr(info, name)}
    size = int(getattr(info, "batch_size", None) or len(images))
    return Batches(
        epoch=data.epoch if has_epochs else partial(_from, data),
        steps=steps,
        batch_size=size,
        images=min(steps * size, getattr(info, "count", steps * size)),
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
    images, labels = checked_arrays(data, check)
    return partial(in_order(images, labels, batch_size), np.arange(len(images)))


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


def _facts(
    statistics: tuple[list[float], list[float], str] | None, shape: Iterable[int], told: Mapping[str, Any]
) -> dict[str, Any]:
    mean, std, _ = statistics or ([], [], "")
    rounded = {"mean": mean, "deviation": std}  # other processors sum up in other orders
    numbers = {f"{name} of the images": [float(f"{x:.5g}") for x in of] for name, of in rounded.items()}
    return {"shape of the images": [int(side) for side in shape], **told, **numbers}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _first(data: Data, check: Check) -> tuple[Array, Array]:
    spec = getattr(data, "element_spec", None)
    epoch = getattr(data, "epoch", None)
    batch = next(iter(epoch(0, 0) if callable(epoch) else data))  # so that its first epoch is still to come
    pair = batch if isinstance(batch, (tuple, list)) else ()
    if len(pair) != 2 or not all(hasattr(x, "shape") for x in pair):
        got = spec or type(batch).__name__ + (f" of {len(pair)}" if pair else "")
        raise ValueError(f"data must give batches (images, labels), got {got}.")
    images, labels = batch
    if len(images.shape) != 4:
        raise ValueError(f"images must come in batches N×H×W×C, got {tuple(images.shape)}; see .batch().")
    check(images, labels)
    return images, labels


def _from(data: Data, _: int, first_batch: int) -> Iterable[Any]:
    if not first_batch:
        return data
    return data.skip(first_batch) if hasattr(data, "skip") else itertools.islice(data, first_batch, None)
