"""Random windows of images, mirrored half of the time."""

import math
from typing import Any

from cvlabs.data.augment.draws import coin, seeds, whole
from cvlabs.data.batches import Augment

_TRIES = 10


def pad_crop_flip(padding: int = 4, fill: float = 127.5) -> Augment:
    """Returns the augmentation of CIFAR: pad each side, cut out a window of the old size, mirror.

    Reference: K. He et al., "Deep residual learning for image recognition", 2015, section 4.2.

    Args:
        padding: Pixels at each side.
        fill: Their value. The paper pads images whose mean was subtracted with zeros, that is with grey.

    Raises:
        ValueError: Less than no padding.
    """
    if padding < 0:
        raise ValueError(f"padding must be at least 0, got {padding}.")

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        images = tf.convert_to_tensor(images, tf.float32)
        count, height, width = (tf.shape(images)[i] for i in range(3))
        for_row, for_column, for_flip = seeds(seed, 3)
        sides = [[0, 0], [padding, padding], [padding, padding], [0, 0]]
        padded = tf.pad(images, sides, constant_values=fill)
        rows = whole(for_row, count, 2 * padding + 1)[:, None] + tf.range(height)
        across = tf.where(coin(for_flip, count)[:, None], tf.range(width)[::-1], tf.range(width))
        columns = whole(for_column, count, 2 * padding + 1)[:, None] + across
        cut = tf.gather(tf.gather(padded, rows, axis=1, batch_dims=1), columns, axis=2, batch_dims=1)
        return tf.ensure_shape(cut, images.shape), labels

    return augment


def inception_crop(
    size: int | tuple[int, int],
    area: tuple[float, float] = (0.08, 1.0),
    ratio: tuple[float, float] = (3 / 4, 4 / 3),
) -> Augment:
    """Returns GoogLeNet's augmentation: a window of random area and shape, resized, mirrored.

    Of ten windows drawn for an image the first that fits into it is taken; if none does, the largest
    centred one whose shape is allowed. Resizing is bilinear without antialiasing, so images should not be
    loaded at much more than the result's size.

    Reference: C. Szegedy et al., "Going deeper with convolutions", 2014, section 6.

    Args:
        size: Height and width of the result.
        area: Bounds of the window's share of the image.
        ratio: Bounds of its width over its height; drawn evenly on a logarithmic scale.

    Raises:
        ValueError: Bounds in the wrong order or out of range.
    """
    target = pair(size)
    if not 0 < area[0] <= area[1] <= 1:
        raise ValueError(f"area must be two shares with 0 < low ≤ high ≤ 1, got {area}.")
    if not 0 < ratio[0] <= ratio[1]:
        raise ValueError(f"ratio must be two bounds with 0 < low ≤ high, got {ratio}.")

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        images = tf.convert_to_tensor(images, tf.float32)
        full = tf.cast(tf.shape(images)[1:3], tf.float32)
        for_size, for_place, for_flip = seeds(seed, 3)
        wanted = _window_sizes(for_size, tf.shape(images)[0], full, area, ratio)
        return window(images, wanted, for_place, for_flip, target), labels

    return augment


def multi_scale(size: int | tuple[int, int], sides: tuple[int, int] = (256, 512)) -> Augment:
    """Returns VGG's scale jittering: a random length of the shorter side, then a random window.

    Both in one step, and for each image by itself. Resizing is bilinear without antialiasing.

    Reference: K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image
    recognition", 2014, section 3.1. The bounds are the paper's, for windows of 224.

    Args:
        size: Height and width of the result.
        sides: Bounds of the length of the shorter side, in pixels.

    Raises:
        ValueError: Bounds in the wrong order, or a side that the window does not fit into.
    """
    target = pair(size)
    if not max(target) <= sides[0] <= sides[1]:
        raise ValueError(f"sides must be two bounds with {max(target)} ≤ low ≤ high, got {sides}.")

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        images = tf.convert_to_tensor(images, tf.float32)
        for_side, for_place, for_flip = seeds(seed, 3)
        count = tf.shape(images)[0]
        side = tf.cast(sides[0] + whole(for_side, count, sides[1] - sides[0] + 1), tf.float32)
        shorter = tf.cast(tf.reduce_min(tf.shape(images)[1:3]), tf.float32)
        wanted = (shorter / side)[:, None] * tf.constant(target, tf.float32)
        return window(images, wanted, for_place, for_flip, target), labels

    return augment


def pair(size: int | tuple[int, int]) -> tuple[int, int]:
    """Returns height and width.

    Raises:
        ValueError: One of them is below 1.
    """
    height, width = (size, size) if isinstance(size, int) else size
    if min(height, width) < 1:
        raise ValueError(f"size must be at least 1, got {size}.")
    return height, width


def window(images: Any, sizes: Any, for_place: Any, for_flip: Any, target: tuple[int, int]) -> Any:
    """Returns a window of each image, placed at random, mirrored half of the time, and resized.

    Args:
        images: N×H×W×C.
        sizes: Height and width of each window in pixels, N×2.
        for_place: A seed.
        for_flip: Another.
        target: Height and width of the result.
    """
    import tensorflow as tf

    count = tf.shape(images)[0]
    full = tf.cast(tf.shape(images)[1:3], tf.float32)
    low = tf.random.stateless_uniform((count, 2), for_place) * (full - sizes)
    # Windows are given by the centres of their outermost pixels, as shares of the way between the image's; a
    # millionth less, since what lies beyond by rounding would be black.
    inner = (sizes - sizes / tf.constant(target, tf.float32)) / tf.maximum(full - 1, 1)
    start = (low + (sizes / tf.constant(target, tf.float32) - 1) / 2) / tf.maximum(full - 1, 1)
    start, end = (tf.clip_by_value(edge, 0, 1 - 1e-6) for edge in (start, start + inner))
    flip = coin(for_flip, count)
    left, right = tf.where(flip, end[:, 1], start[:, 1]), tf.where(flip, start[:, 1], end[:, 1])
    boxes = tf.stack([start[:, 0], left, end[:, 0], right], 1)
    return tf.image.crop_and_resize(images, boxes, tf.range(count), target)


def _window_sizes(
    seed: Any, count: Any, full: Any, area: tuple[float, float], ratio: tuple[float, float]
) -> Any:
    """Heights and widths of windows that fit: N×2 pixels."""
    import tensorflow as tf

    for_area, for_ratio = seeds(seed, 2)
    pixels = tf.random.stateless_uniform((count, _TRIES), for_area, *area) * full[0] * full[1]
    shape = tf.exp(
        tf.random.stateless_uniform((count, _TRIES), for_ratio, math.log(ratio[0]), math.log(ratio[1]))
    )
    drawn = tf.stack([tf.sqrt(pixels / shape), tf.sqrt(pixels * shape)], -1)
    widest = tf.minimum(full[1], full[0] * ratio[1])
    highest = tf.minimum(full[0], full[1] / ratio[0])
    whole_image = tf.broadcast_to(tf.stack([highest, widest]), (count, 1, 2))
    tries = tf.concat([drawn, whole_image], 1)
    fits = tf.reduce_all(tries <= full, -1)
    first = tf.argmax(tf.cast(fits, tf.int32), 1)
    return tf.gather(tries, first, batch_dims=1)
