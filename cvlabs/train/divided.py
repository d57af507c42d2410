"""Batches that several devices, or several hosts, divide among themselves."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

Data = Any


def divided_by_images(data: Data) -> Data:
    """Makes `tf.distribute` divide each batch among hosts, where it would hand out whole files."""
    import tensorflow as tf

    if not isinstance(data, tf.data.Dataset):
        return data
    options = tf.data.Options()
    options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
    return data.with_options(options)


def filled(batches: Iterable[Any], multiple: int, host: int = 0, hosts: int = 1) -> Iterator[Any]:
    """Fills batches to a multiple with images of weight 0; gives a host's part: images, labels, weights."""
    for images, labels in batches:
        missing = -len(images) % multiple
        indices = np.concatenate([np.arange(len(images)), np.zeros(missing, "int64")])
        weights = np.arange(len(indices)) < len(images)
        part = slice(host * len(indices) // hosts, (host + 1) * len(indices) // hosts)
        found = np.asarray(images)[indices], np.asarray(labels)[indices], weights.astype("float32")
        yield tuple(x[part] for x in found)


def even(batches: Iterable[Any], multiple: int, host: int = 0, hosts: int = 1) -> Iterator[Any]:
    """Leaves out batches whose images are no multiple; gives a host's part of the others: images, labels."""
    for images, labels in batches:
        count = len(images)
        if count % multiple == 0:
            part = slice(host * count // hosts, (host + 1) * count // hosts)
            yield np.asarray(images)[part], np.asarray(labels)[part]
