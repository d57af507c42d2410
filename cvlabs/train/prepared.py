"""Image files of any size, each prepared from its own pixels."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from cvlabs.data.decode import MOST_PIXELS, decoder
from cvlabs.data.source import Files
from cvlabs.train.published import Prepare

Array = Any  # numpy.ndarray


def prepared(files: Files, prepare: Prepare) -> Callable[[Sequence[int]], Array]:
    """Returns a function from the numbers of some files to their images, N×H×W×3 float32.

    It raises a `ValueError` that lists those of them that are too large or cannot be decoded.

    Args:
        files: The files.
        prepare: What makes images of one size of them.
    """
    import tensorflow as tf

    # In TensorFlow on every backend: others would compile it for each size of a file.
    traced = tf.function(prepare, input_signature=[tf.TensorSpec((None, None, 3), tf.uint8)])

    def one(number: int) -> Array | ValueError:
        try:
            return traced(_decoded(files, number)).numpy()
        except ValueError as error:
            return error

    def read(numbers: Sequence[int]) -> Array:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            found = list(threads.map(one, numbers))
        problems = [image for image in found if isinstance(image, ValueError)]
        if problems:
            raise ValueError("; ".join(map(str, problems)))
        return np.stack([np.asarray(image) for image in found])

    return read


def _decoded(files: Files, number: int) -> Any:
    """Returns an image as large as it is in its file, H×W×3 uint8.

    Raises:
        ValueError: It is too large, or cannot be decoded.
    """
    import tensorflow as tf

    height, width = (int(side) for side in files.sizes[number])
    path = files.paths[number]
    if height * width > MOST_PIXELS:
        raise ValueError(f"{path}: too large: {height}×{width} pixels, at most {MOST_PIXELS:,} are decoded")
    only = files.take(np.array([number]))
    (data,) = only.read(np.array([0]))
    try:
        return decoder(only, (height, width))(tf.constant(data), 0)
    except tf.errors.OpError as error:
        raise ValueError(f"{path}: truncated or damaged: it cannot be decoded") from error
