"""Data sets by name, as batches."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cvlabs.data.arguments import (
    Size,
    augmentations,
    check_labels,
    check_name,
    choice,
    class_names,
    height_and_width,
    seed_number,
)
from cvlabs.data.batches import Augment, dataset, epochs, traced_once
from cvlabs.data.digits import SPLITS as DIGITS_SPLITS
from cvlabs.data.digits import digits_source
from cvlabs.data.folder import folder_source, folder_splits
from cvlabs.data.info import DatasetInfo
from cvlabs.data.pixels import common_size, pixels
from cvlabs.data.shapes.source import SPLITS as SHAPES_SPLITS
from cvlabs.data.shapes.source import shapes_source
from cvlabs.data.source import Source, no_images
from cvlabs.data.split import parse_split, take_slice
from cvlabs.data.statistics import statistics
from cvlabs.data.tfds import tfds_source, tfds_splits
from cvlabs.whole_number import whole_number


def load(
    name: str = "shapes",
    split: str = "train",
    *,
    batch_size: int,
    image_size: int | Size | None = None,
    augment: Augment | Sequence[Augment] | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    cache: str = "auto",
    on_error: str = "raise",
    classes: Sequence[str] | None = None,
) -> Any:
    """Returns a split of a data set as a `tf.data.Dataset` of batches (images, labels).

    Images are N×H×W×3 float32 with values from 0 to 255, labels N int32. Iterating gives epoch 0, then epoch
    1, and so on, each in an order of its own. Two more attributes:

    - `info`, a `DatasetInfo`: classes, counts, shape, mean and standard deviation;
    - `epoch(n, first_batch=0)`, a `tf.data.Dataset`: what epoch `n` gives from that batch on. It depends on
      `seed` and `n` alone, so an interrupted training goes on with the same data, in another process too.

    Args:
        name: `"shapes"`, drawn on first use; `"digits"`, scikit-learn's; `"folder:PATH"`, where PATH is a
            folder or a zip of class folders, or of folders `train` and `test` with such (`validation` and
            names like `training_set` are known, too); or the name of an image classification set of
            TensorFlow Datasets: `"cifar10"`.
        split: `"train"`, `"test"`, `"validation"`, where there are such, or a part: `"train[:80%]"`, which
            takes that of each class.
        batch_size: Images in a batch; the last one of an epoch may be smaller, and all are where there are
            not so many.
        image_size: Height and width, or one number for both. Images are cut to that aspect ratio around the
            centre and resized. May be left out where all have one size.
        augment: What is done to each batch: functions of (images, labels, seed), such as
            `cvlabs.data.pad_crop_flip()`, in this order.
        shuffle: Whether each epoch has a random order; else that of the files.
        seed: What order and augmentation depend on; 0 if left out, so that a training that is interrupted
            goes on with the same data in another process.
        cache: `"memory"` decodes all images once and keeps them, a byte per value; `"none"` decodes them
            in each epoch; `"auto"` keeps them if they take at most a quarter of the memory that is free.
        on_error: `"raise"` counts everything that is wrong with files and folders, and lists the first ten;
            `"skip"` leaves those out and lists all in `info.skipped`.
        classes: Names of the classes in the order of their labels, for a folder that may hold only some of
            them, as images to test a trained network on; by default those of the training split.

    Raises:
        ValueError: An unknown name or split, an argument out of range, a part without images, images of
            several sizes without `image_size`, files that are damaged or are not images, empty or unknown
            classes, or only one class where `classes` does not say more.

    Example:
        >>> train = load("shapes", batch_size=64, seed=0)
        >>> train.info.count, train.info.image_shape
        (10000, (32, 32, 3))
    """
    check_name(name)
    batch_size = whole_number("batch_size", batch_size)
    seed = seed_number(seed)
    choice("cache", cache, ("auto", "memory", "none"))
    choice("on_error", on_error, ("raise", "skip"))
    size = None if image_size is None else height_and_width(image_size)
    steps = augmentations(augment)
    names = None if classes is None else class_names(name, classes)
    base, bounds = parse_split(split)
    whole = _source(name, base, names)
    source = whole if bounds is None else whole.take(take_slice(whole.labels, bounds))
    if not len(source.labels):
        raise no_images(name, split, whole)
    size = size or common_size(name, source)
    kept, batches_of = pixels(name, source, size, cache, skip=on_error == "skip")
    if not len(kept.labels):
        raise no_images(name, split, kept)
    batch_size = min(batch_size, len(kept.labels))
    epoch = epochs(batches_of, kept.labels, batch_size, seed, shuffle=shuffle, augment=steps)
    batches = dataset(epoch, -(-len(kept.labels) // batch_size))
    check_labels(batches.element_spec, kept.classes)
    measured = whole if base == "train" or "train" not in splits(name) else _source(name, "train", names)
    mean, std = statistics(measured, size)
    batches.info = DatasetInfo(
        name=name,
        split=split,
        classes=kept.classes,
        count=len(kept.labels),
        class_counts=tuple(np.bincount(kept.labels, minlength=len(kept.classes)).tolist()),
        image_shape=tuple(batches.element_spec[0].shape[1:]),
        mean=mean,
        std=std,
        batch_size=batch_size,
        seed=seed,
        augment=tuple(_name(step) for step in steps),
        skipped=kept.skipped,
    )
    batches.epoch = _by_number(epoch)
    return batches


def splits(name: str) -> tuple[str, ...]:
    """Returns the names of the splits of a data set, of which no image is read.

    Args:
        name: As for `load`.

    Raises:
        ValueError: There is no such data set.

    Example:
        >>> splits("shapes")
        ('train', 'test')
    """
    check_name(name)
    path = _folder(name)
    if path:
        return folder_splits(path)
    known = {"shapes": SHAPES_SPLITS, "digits": DIGITS_SPLITS}
    return known[name] if name in known else tfds_splits(name)


def _folder(name: str) -> str:
    """The path in a name that has one, else nothing."""
    kind, _, path = name.partition(":")
    if kind == "folder" and not path:
        raise ValueError('There is no path after "folder:". Write load("folder:PATH", …).')
    return path if kind == "folder" else ""


def _source(name: str, split: str, classes: Sequence[str] | None) -> Source:
    path = _folder(name)
    if path:
        return folder_source(path, split, classes)
    if name == "shapes":
        return shapes_source(split)
    if name == "digits":
        return digits_source(split)
    return tfds_source(name, split)


def _by_number(epoch: Callable[..., Any]) -> Callable[..., Any]:
    import tensorflow as tf

    made = traced_once(epoch, *[tf.TensorSpec((), tf.int64)] * 2)
    return lambda n, first_batch=0: made(n, first_batch)


def _name(augment: Augment) -> str:
    """The name of the function that made an augmentation: `pad_crop_flip`."""
    return str(getattr(augment, "__qualname__", type(augment).__qualname__)).partition(".")[0]
