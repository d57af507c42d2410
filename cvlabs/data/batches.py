"""Batches in an order that depends on the seed and the epoch's number alone."""

import itertools
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

# Images N×H×W×3 float32 with values from 0 to 255, labels N int32 or N×classes float32, a seed of two
# integers.
Augment = Callable[[Any, Any, Any], tuple[Any, Any]]
# What to do with a batch: its number, images N×H×W×3 uint8 -> whatever the data set is to give.
Finish = Callable[[Any, Any], Any]
# Numbers of images in their order, int64; batch size; number of the first batch; what to do with each
# -> a `tf.data.Dataset`.
BatchesOf = Callable[[Any, int, Any, Finish], Any]


def epochs(
    batches_of: BatchesOf,
    labels: np.ndarray,
    batch_size: int,
    seed: int,
    *,
    shuffle: bool,
    augment: Sequence[Augment],
) -> Callable[..., Any]:
    """Returns a function of an epoch's number that gives its batches.

    Everything random comes from (seed, epoch, number of the batch), and not from a state, so that any batch
    of any epoch can be had again, in another process too. The whole split is shuffled, not a window of it.

    Args:
        batches_of: Makes batches of images: see `cvlabs/data/pixels.py`.
        labels: Class index of each image.
        batch_size: Images in a batch.
        seed: What everything random depends on.
        shuffle: Whether an epoch has an order of its own.
        augment: What is done to each batch, one after the other.
    """
    import tensorflow as tf

    count = len(labels)
    targets = tf.constant(labels, tf.int32)

    def epoch(n: Any, first_batch: Any = 0) -> Any:
        key = tf.stack([tf.constant(seed, tf.int64), tf.cast(n, tf.int64)])
        order = tf.range(count, dtype=tf.int64)
        if shuffle:
            order = tf.random.experimental.stateless_shuffle(order, key)

        def finish(number: Any, images: Any) -> tuple[Any, Any]:
            images = tf.cast(images, tf.float32)
            found = tf.gather(targets, order[number * batch_size : (number + 1) * batch_size])
            for i, change in enumerate(augment):
                own = tf.random.experimental.stateless_fold_in(key, number * len(augment) + i)
                images, found = change(images, found, own)
            return images, found

        return batches_of(order, batch_size, first_batch, finish).prefetch(2)

    return epoch


def traced_once(make: Callable[..., Any], *signature: Any) -> Callable[..., Any]:
    """Returns a function that makes a `tf.data.Dataset` of tensors, to be traced once and not at each call.

    To trace an epoch's augmentations takes longer than many a small epoch.

    Args:
        make: Makes the data set.
        signature: A `tf.TensorSpec` for each of its arguments.
    """
    import tensorflow as tf

    @cache
    def traced() -> Any:  # a concrete function: of others TensorFlow thinks that they are traced too often
        return tf.function(make, input_signature=signature, autograph=False).get_concrete_function()

    def made(*arguments: Any) -> Any:
        pairs = zip(arguments, signature, strict=True)
        found = traced()(*(tf.convert_to_tensor(value, spec.dtype) for value, spec in pairs))
        found.made_by = traced()  # since Python functions within the data set live as long as this
        return found

    return made


def dataset(epoch: Callable[..., Any], batches: int) -> Any:
    """Returns a `tf.data.Dataset` that is epoch 0 when it is iterated first, then epoch 1, and so on."""
    import tensorflow as tf

    numbers = itertools.count()
    following = tf.data.Dataset.range(1).map(
        lambda _: tf.ensure_shape(tf.numpy_function(lambda: np.int64(next(numbers)), [], tf.int64), ())
    )
    joined = following.flat_map(epoch).apply(tf.data.experimental.assert_cardinality(batches))
    return joined.prefetch(2)
