"""The images of a split as batches of arrays: kept in memory, or decoded when they are wanted."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cvlabs.data.arguments import Size
from cvlabs.data.batches import BatchesOf, Finish
from cvlabs.data.decode import decoded, too_large
from cvlabs.data.decode_all import decode_all
from cvlabs.data.memory import available_bytes
from cvlabs.data.source import Files, Problem, Source, complain

_SHARE = 4  # of the memory that is free, one part in so many may hold pixels


def common_size(name: str, source: Source) -> Size:
    """Returns the size that all images have; there is at least one.

    Raises:
        ValueError: They have several.
    """
    if isinstance(source.images, np.ndarray):
        return source.images.shape[1], source.images.shape[2]
    sizes = np.unique(source.images.sizes, axis=0)
    if len(sizes) == 1:
        return int(sizes[0, 0]), int(sizes[0, 1])
    (low_h, low_w), (high_h, high_w) = sizes.min(0), sizes.max(0)
    raise ValueError(
        f"The images of {name} have {len(sizes)} sizes, between {low_h}×{low_w} and {high_h}×{high_w}. "
        "Choose one for all: image_size=224, or a height and a width."
    )


def pixels(name: str, source: Source, size: Size, cache: str, *, skip: bool) -> tuple[Source, BatchesOf]:
    """Returns a source without what cannot be used, and what makes batches of its images.

    Every file is decoded once, here, whether or not its pixels are kept: a damaged one is found before a
    training begins and not within it.

    Args:
        name: What to call the data set in a message.
        source: Arrays or files.
        size: Height and width of the result.
        cache: `"memory"`, `"none"`, or `"auto"`: in memory where there is room.
        skip: Whether to leave out what cannot be used.

    Raises:
        ValueError: Something cannot be used, and `skip` is false; the message counts all that cannot, and
            lists the first ten.
    """
    if isinstance(source.images, np.ndarray):
        return source, _gather(resized(source.images, size))
    files = source.images
    problems: list[Problem] = list(source.skipped)
    bad = too_large(files, size)
    usable = np.array([i for i in range(len(files)) if i not in bad], int)
    problems += bad.values()
    files, labels = files.take(usable), source.labels[usable]
    in_vain = bool(problems) and not skip  # what is decoded then is only to list all problems at once
    kept = None if in_vain else _room(len(files), size, cache)
    bad = decode_all(files, size, None if kept is None else kept.__setitem__)
    problems += bad.values()
    if problems and not skip:
        raise complain(name, problems)
    usable = np.array([i for i in range(len(files)) if i not in bad], int)
    clean = replace(source, images=files.take(usable), labels=labels[usable], skipped=tuple(problems))
    if kept is None:
        return clean, _decode(files.take(usable), size)
    return clean, _gather(kept[usable] if bad else kept)


def resized(images: np.ndarray, size: Size) -> np.ndarray:
    """Returns arrays N×H×W×C cut to an aspect ratio around the centre, and resized."""
    if images.shape[1:3] == size:
        return images
    import tensorflow as tf

    height, width = images.shape[1:3]
    high = min(height, max(1, round(width * size[0] / size[1])))
    wide = min(width, max(1, round(height * size[1] / size[0])))
    top, left = (height - high) // 2, (width - wide) // 2
    found = np.empty((len(images), *size, images.shape[3]), np.uint8)
    for i in range(0, len(images), 256):
        part = tf.image.resize(
            images[i : i + 256, top : top + high, left : left + wide], size, antialias=True
        )
        found[i : i + 256] = np.clip(np.round(part.numpy()), 0, 255)
    return found


def _room(count: int, size: Size, cache: str) -> np.ndarray | None:
    need = count * size[0] * size[1] * 3
    if cache == "none" or (cache == "auto" and need > available_bytes() // _SHARE):
        return None
    return np.empty((count, *size, 3), np.uint8)


def _gather(images: np.ndarray) -> BatchesOf:
    import tensorflow as tf

    with tf.device("cpu"):
        kept = tf.constant(images)

    def batches(order: Any, batch_size: int, first_batch: Any, finish: Finish) -> Any:
        def batch(number: Any) -> Any:
            return finish(number, tf.gather(kept, order[number * batch_size : (number + 1) * batch_size]))

        count = -(-tf.size(order, tf.int64) // batch_size)
        return _in_parallel(tf.data.Dataset.range(first_batch, count), batch)

    return batches


def _decode(files: Files, size: Size) -> BatchesOf:

    images = decoded(files, size)

    def batches(order: Any, batch_size: int, first_batch: Any, finish: Finish) -> Any:
        found = images(order[first_batch * batch_size :]).batch(batch_size)
        numbered = found.enumerate(first_batch)
        return _in_parallel(numbered, lambda number, batch: finish(number, batch[1]))

    return batches


def _in_parallel(batches: Any, finish: Callable[..., Any]) -> Any:
    # A fixed number, since what AUTOTUNE finds out is lost with each epoch.
    return batches.map(finish, num_parallel_calls=2 * (os.cpu_count() or 1), deterministic=True)
