"""Random numbers from a seed of two integers, without a state."""

from typing import Any


def seeds(seed: Any, count: int) -> list[Any]:
    """Returns so many seeds, each independent of the others."""
    import tensorflow as tf

    return tf.unstack(tf.random.split(tf.cast(seed, tf.int64), count))


def uniform(seed: Any, images: Any, low: float, high: float) -> Any:
    """Returns a number between two bounds for each image, N×1×1×1."""
    import tensorflow as tf

    return tf.random.stateless_uniform((tf.shape(images)[0], 1, 1, 1), seed, low, high)


def coin(seed: Any, count: Any) -> Any:
    """Returns true or false for each of so many images, with equal chances."""
    import tensorflow as tf

    return tf.random.stateless_uniform((count,), seed) < 0.5


def whole(seed: Any, count: Any, high: Any) -> Any:
    """Returns a whole number from 0 to below a bound for each of so many images."""
    import tensorflow as tf

    return tf.random.stateless_uniform((count,), seed, 0, high, tf.int32)
