"""The fourteen operations that RandAugment draws from, over batches.

Each takes images N×H×W×3 with whole values from 0 to 255, and a strength for each image, N×1×1×1: between 0,
no change, and 1, the most; its sign is a direction where there is one. Results need not be rounded or
clipped.

Reference: E. Cubuk et al., "RandAugment: practical automated data augmentation with a reduced search space",
2019, section 3; what they do is as in Pillow, which the paper's code follows.
"""

import math
from collections.abc import Callable
from typing import Any

from cvlabs.data.augment.colour import LUMA

Operation = Callable[[Any, Any], Any]

FILL = 127.5  # what lies beyond an image that is moved


def _identity(images: Any, strength: Any) -> Any:
    return images


def _auto_contrast(images: Any, strength: Any) -> Any:
    import tensorflow as tf

    low = tf.reduce_min(images, (1, 2), keepdims=True)
    reach = tf.reduce_max(images, (1, 2), keepdims=True) - low
    return tf.where(reach > 0, (images - low) * 255 / tf.maximum(reach, 1), images)


def _equalize(images: Any, strength: Any) -> Any:
    """Makes all values of a channel equally frequent, through its histogram."""
    import tensorflow as tf

    shape = tf.shape(images)
    planes = shape[0] * 3
    values = tf.reshape(tf.transpose(tf.cast(images, tf.int32), (0, 3, 1, 2)), (planes, -1))
    own = tf.reshape(values + 256 * tf.range(planes)[:, None], (-1,))
    counts = tf.reshape(tf.math.bincount(own, minlength=256 * planes, maxlength=256 * planes), (planes, 256))
    # As Pillow does: a step is the pixels but those of the last value, in 255 parts; a table starts at half a
    # step.
    last = 255 - tf.argmax(counts[:, ::-1] > 0, 1, tf.int32)
    step = (tf.reduce_sum(counts, 1) - tf.gather(counts, last, batch_dims=1))[:, None] // 255
    table = tf.minimum((tf.cumsum(counts, 1, exclusive=True) + step // 2) // tf.maximum(step, 1), 255)
    table = tf.where(step > 0, table, tf.range(256))
    found = tf.reshape(tf.gather(table, values, batch_dims=1), (shape[0], 3, shape[1], shape[2]))
    return tf.cast(tf.transpose(found, (0, 2, 3, 1)), tf.float32)


def _solarize(images: Any, strength: Any) -> Any:
    import tensorflow as tf

    return tf.where(images >= 256 * (1 - abs(strength)), 255 - images, images)


def _posterize(images: Any, strength: Any) -> Any:
    import tensorflow as tf

    step = 2 ** tf.round(4 * abs(strength))  # up to four of eight bits go
    return images - tf.math.floormod(images, step)


def _color(images: Any, strength: Any) -> Any:
    grey = _grey(images)
    return grey + (1 + 0.9 * strength) * (images - grey)


def _contrast(images: Any, strength: Any) -> Any:
    import tensorflow as tf

    mean = tf.round(tf.reduce_mean(_grey(images), (1, 2), keepdims=True))
    return mean + (1 + 0.9 * strength) * (images - mean)


def _brightness(images: Any, strength: Any) -> Any:
    return (1 + 0.9 * strength) * images


def _sharpness(images: Any, strength: Any) -> Any:
    """Towards a smoothed image, or away from it; the outermost pixels stay."""
    import tensorflow as tf

    # The kernel is 1 but for a 5 in the middle. Not a convolution: oneDNN's gives no images a wrong shape.
    rows = images[:, :-2] + images[:, 1:-1] + images[:, 2:]
    square = rows[:, :, :-2] + rows[:, :, 1:-1] + rows[:, :, 2:]
    middle = images[:, 1:-1, 1:-1]
    change = 0.9 * strength * (middle - (square + 4 * middle) / 13)
    return images + tf.pad(change, ((0, 0), (1, 1), (1, 1), (0, 0)))


def _rotate(images: Any, strength: Any) -> Any:
    import tensorflow as tf

    angle = math.pi / 6 * strength[:, 0, 0, 0]
    sin, cos = tf.sin(angle), tf.cos(angle)
    return _affine(images, (cos, -sin), (sin, cos))


def _shear_x(images: Any, strength: Any) -> Any:
    return _affine(images, (1.0, 0.3 * strength[:, 0, 0, 0]), (0.0, 1.0))


def _shear_y(images: Any, strength: Any) -> Any:
    return _affine(images, (1.0, 0.0), (0.3 * strength[:, 0, 0, 0], 1.0))


def _translate_x(images: Any, strength: Any) -> Any:
    # The paper moves by up to 100 of ImageNet's 224 pixels.
    return _affine(images, (1.0, 0.0), (0.0, 1.0), across=0.45 * strength[:, 0, 0, 0])


def _translate_y(images: Any, strength: Any) -> Any:
    return _affine(images, (1.0, 0.0), (0.0, 1.0), down=0.45 * strength[:, 0, 0, 0])


def _affine(
    images: Any, for_x: tuple[Any, Any], for_y: tuple[Any, Any], across: Any = 0.0, down: Any = 0.0
) -> Any:
    """Moves pixels around the centre: rows of the matrix from result to source, and shares of a side."""
    import tensorflow as tf

    count, height, width = (tf.shape(images)[i] for i in range(3))
    x, y = tf.cast(width - 1, tf.float32) / 2, tf.cast(height - 1, tf.float32) / 2
    (a, b), (c, d) = for_x, for_y
    entries = (
        a,
        b,
        x - a * x - b * y + across * tf.cast(width, tf.float32),
        c,
        d,
        y - c * x - d * y + down * tf.cast(height, tf.float32),
        0.0,
        0.0,
    )
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack([tf.broadcast_to(tf.cast(entry, tf.float32), (count,)) for entry in entries], 1),
        output_shape=tf.stack([height, width]),
        fill_value=FILL,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )


def _grey(images: Any) -> Any:
    import tensorflow as tf

    return tf.tensordot(images, tf.constant(LUMA), 1)[..., None]


OPERATIONS: dict[str, Operation] = {
    "identity": _identity,
    "auto_contrast": _auto_contrast,
    "equalize": _equalize,
    "rotate": _rotate,
    "solarize": _solarize,
    "color": _color,
    "posterize": _posterize,
    "contrast": _contrast,
    "brightness": _brightness,
    "sharpness": _sharpness,
    "shear_x": _shear_x,
    "shear_y": _shear_y,
    "translate_x": _translate_x,
    "translate_y": _translate_y,
}
