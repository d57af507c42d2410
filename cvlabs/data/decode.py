"""Encoded images to arrays of one size, in TensorFlow: parallel, and without Python in the way.

TensorFlow's decoders rather than Pillow's: they come with the backend, run inside a pipeline on all cores,
and read a JPEG at half, a quarter or an eighth of its size for a fraction of the time, or only the window
that is kept.
"""

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from cvlabs.data.source import Files, Problem

MOST_PIXELS = 89_478_485  # a quarter of a GiB of RGB, from where on Pillow suspects a decompression bomb

_RATIOS = (8, 4, 2)
_READ_TOGETHER = 32  # files to a call of Python, which takes as long as to decode several small ones
# Images that are in the making, for each core: small ones are done before another thread can be woken up.
_AHEAD = 8


def decoder(files: Files, size: tuple[int, int]) -> Callable[[Any, Any], Any]:
    """Returns what decodes the contents of the file with a number to H×W×3 uint8, eagerly or in `tf.data`.

    Each image is cut to the target's aspect ratio around its centre, then resized (bilinear; antialiased).
    Grey becomes three equal channels, CMYK becomes RGB, transparent pixels are laid on white, 16 bits become
    8, and of a moving image the first frame is taken. Orientation tags are not followed, as in Keras and
    torchvision.

    Args:
        files: The files, whose headers tell format and size.
        size: Height and width of the result.
    """
    import tensorflow as tf

    ratios = _scaling(files, size)
    scaled = -(-files.sizes // ratios[:, None])
    windows = _windows(scaled, size)
    cut, resized = (windows[:, 2:] != scaled).any(1), (windows[:, 2:] != size).any(1)
    every = list(zip(files.formats, ratios.tolist(), cut.tolist(), resized.tolist(), strict=True))
    plans = sorted(set(every))  # a branch for each kind of work that these files need
    numbers = {plan: i for i, plan in enumerate(plans)}
    with tf.device("cpu"):
        plan_of = tf.constant([numbers[plan] for plan in every], tf.int32)
        window_of = tf.constant(windows)

    def decode(data: Any, number: Any) -> Any:
        branches = [_branch(data, window_of[number], size, plan) for plan in plans]
        image = branches[0]() if len(branches) == 1 else tf.switch_case(plan_of[number], branches)
        return tf.ensure_shape(image, (*size, 3))

    return decode


def decoded(files: Files, size: tuple[int, int]) -> Callable[[Any], Any]:
    """Returns what makes of numbers of files a `tf.data.Dataset` of (number, image), in their order.

    The images are as from `decoder`. That the files are read several to a call, and decoded each on its own,
    keeps all cores busy: to decode a whole batch in one piece has them wait for each other.
    """
    import tensorflow as tf

    decode = decoder(files, size)
    ahead = _AHEAD * (os.cpu_count() or 1)  # fixed, since what AUTOTUNE finds out is lost with each epoch

    def contents(numbers: Any) -> tuple[Any, Any]:
        def read(numbers: np.ndarray) -> np.ndarray:
            return np.array(files.read(numbers), object)

        found = tf.numpy_function(read, [numbers], tf.string, stateful=False)
        return numbers, tf.ensure_shape(found, (None,))

    def images(numbers: Any) -> Any:
        groups = tf.data.Dataset.from_tensor_slices(numbers).batch(_READ_TOGETHER)
        read = groups.map(contents, num_parallel_calls=2, deterministic=True)
        return read.unbatch().map(
            lambda number, data: (number, decode(data, number)), num_parallel_calls=ahead, deterministic=True
        )

    return images


def too_large(files: Files, size: tuple[int, int]) -> dict[int, Problem]:
    """Returns which images would take too much memory, by number: path and reason.

    Half a terabyte of zeros fits into a small PNG. A JPEG is read smaller where the result is small.
    """
    pixels = (-(-files.sizes.astype(np.int64) // _scaling(files, size)[:, None])).prod(1)
    return {
        int(i): (
            files.paths[i],
            f"too large: {files.sizes[i, 0]}×{files.sizes[i, 1]} pixels, at most {MOST_PIXELS:,} are decoded",
        )
        for i in np.flatnonzero(pixels > MOST_PIXELS)
    }


def _scaling(files: Files, size: tuple[int, int]) -> np.ndarray:
    """By how much each JPEG can be read smaller and still not be smaller than the result."""
    fits = (files.sizes // np.array(size)).min(1)
    jpeg = np.array(files.formats) == "jpeg"
    ratios = np.ones(len(files), np.int32)
    for ratio in reversed(_RATIOS):
        ratios[jpeg & (fits >= ratio)] = ratio
    return ratios


def _windows(sizes: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Top, left, height, width of the largest centred window with the target's aspect ratio."""
    height, width = sizes.T
    high = np.minimum(height, np.maximum(1, np.round(width * size[0] / size[1])))
    wide = np.minimum(width, np.maximum(1, np.round(height * size[1] / size[0])))
    return np.stack([(height - high) // 2, (width - wide) // 2, high, wide], 1).astype(np.int32)


def _branch(
    data: Any, window: Any, size: tuple[int, int], plan: tuple[str, int, bool, bool]
) -> Callable[[], Any]:
    import tensorflow as tf

    form, ratio, cut, resized = plan

    def branch() -> Any:
        if form != "jpeg":
            image = _DECODERS[form](data)
            if cut:
                image = tf.slice(image, (*tf.unstack(window[:2]), 0), (*tf.unstack(window[2:]), 3))
        elif cut:
            image = tf.io.decode_and_crop_jpeg(data, window, channels=3, ratio=ratio)
        else:
            image = tf.io.decode_jpeg(data, channels=3, ratio=ratio)
        if not resized:
            return image
        # A JPEG has been read at less than twice the size already. Means of pixels need no clipping. Of
        # float32, TensorFlow takes the same means in little more than half the time.
        image = tf.image.resize(tf.cast(image, tf.float32), size, antialias=form != "jpeg")
        return tf.cast(tf.round(image), tf.uint8)

    return branch


def _png(data: Any) -> Any:
    import tensorflow as tf

    return tf.io.decode_png(data, channels=3)


def _transparent_png(data: Any) -> Any:
    import tensorflow as tf

    return _on_white(tf.io.decode_png(data, channels=4))


def _webp(data: Any) -> Any:
    import tensorflow as tf

    return tf.io.decode_webp(data, channels=3)[0]


def _transparent_webp(data: Any) -> Any:
    import tensorflow as tf

    return _on_white(tf.io.decode_webp(data, channels=4)[0])


def _moving_webp(data: Any) -> Any:
    import tensorflow as tf

    # TensorFlow 2.21 reads only moving images that are marked as transparent: a bit in a byte of flags.
    marked = tf.strings.join([tf.strings.substr(data, 0, 20), b"\x12", tf.strings.substr(data, 21, -1)])
    return _transparent_webp(marked)


def _gif(data: Any) -> Any:
    import tensorflow as tf

    return tf.io.decode_image(data, channels=3, expand_animations=False)


def _bmp(data: Any) -> Any:
    import tensorflow as tf

    return tf.io.decode_bmp(data, channels=0)[..., :3]


def _on_white(image: Any) -> Any:
    import tensorflow as tf

    alpha = tf.cast(image[..., 3:], tf.float32) / 255
    return tf.cast(tf.round(tf.cast(image[..., :3], tf.float32) * alpha + 255 * (1 - alpha)), tf.uint8)


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "png": _png,
    "transparent png": _transparent_png,
    "webp": _webp,
    "transparent webp": _transparent_webp,
    "moving webp": _moving_webp,
    "gif": _gif,
    "bmp": _bmp,
}
