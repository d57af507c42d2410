"""Random colours."""

import math
from typing import Any

import numpy as np

from cvlabs.data.augment.draws import seeds, uniform
from cvlabs.data.batches import Augment

LUMA = (0.299, 0.587, 0.114)  # what red, green and blue add to grey: ITU-R BT.601
_TO_YIQ = np.array([LUMA, (0.596, -0.274, -0.322), (0.211, -0.523, 0.312)])

# Of ImageNet's pixels, on the scale from 0 to 1, as in torch's first ImageNet training code: a column for
# each component.
_EIGENVALUES = np.array([0.2175, 0.0188, 0.0045])
_EIGENVECTORS = np.array([(-0.5675, 0.7192, 0.4009), (-0.5808, -0.0045, -0.8140), (-0.5836, -0.6948, 0.4203)])


def pca_color(std: float = 0.1, covariance: np.ndarray | None = None) -> Augment:
    """Returns AlexNet's augmentation: adds a colour to each image, drawn along the axes in which pixels vary.

    Reference: A. Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", 2012,
    section 4.1.

    Args:
        std: Standard deviation of the factors of the three eigenvalues.
        covariance: Of the channels over the training set's pixels, 3×3, on the scale from 0 to 1; ImageNet's
            if left out. `np.cov(images.reshape(-1, 3).T / 255)`.

    Raises:
        ValueError: A covariance that is not 3×3 and symmetric.
    """
    values, vectors = _EIGENVALUES, _EIGENVECTORS
    if covariance is not None:
        given = np.asarray(covariance, np.float64)
        if given.shape != (3, 3) or not np.allclose(given, given.T):
            raise ValueError(f"covariance must be 3×3 and symmetric, got shape {given.shape}.")
        values, vectors = np.linalg.eigh(given)
    steps = 255 * values[:, None] * vectors.T  # row: what a factor of 1 adds to red, green and blue

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        images = tf.convert_to_tensor(images, tf.float32)
        factors = tf.random.stateless_normal((tf.shape(images)[0], 3), seed, 0.0, std)
        added = tf.matmul(factors, tf.constant(steps, tf.float32))[:, None, None]
        return tf.clip_by_value(images + added, 0, 255), labels

    return augment


def color_jitter(
    brightness: float = 0.4, contrast: float = 0.4, saturation: float = 0.4, hue: float = 0.0
) -> Augment:
    """Returns what changes brightness, contrast, saturation and hue of each image.

    Deviations: always in this order, and clipped once at the end, because four linear changes of a pixel are
        one
    then; others shuffle the order and clip between.

    Reference: A. Howard, "Some improvements on deep convolutional neural network based image classification",
    2013, section 2.2.

    Args:
        brightness: Pixels are multiplied by a number between 1 − brightness and 1 + brightness.
        contrast: So is the distance from the image's mean grey.
        saturation: So is the distance from each pixel's own grey.
        hue: Most that colours are turned by, as a share of the colour circle: at most 0.5.

    Raises:
        ValueError: A number out of range.
    """
    for name, value, most in zip(
        ("brightness", "contrast", "saturation", "hue"),
        (brightness, contrast, saturation, hue),
        (1, 1, 1, 0.5),
        strict=True,
    ):
        if not 0 <= value <= most:
            raise ValueError(f"{name} must lie between 0 and {most}, got {value}.")

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        images = tf.convert_to_tensor(images, tf.float32)
        ranges = ((1, brightness), (1, contrast), (1, saturation), (0, hue))
        light, spread, colour, turn = (
            uniform(own, images, mid - reach, mid + reach)
            for own, (mid, reach) in zip(seeds(seed, 4), ranges, strict=True)
        )
        grey = light * tf.tensordot(tf.reduce_mean(images, (1, 2)), tf.constant(LUMA), 1)[:, None, None, None]
        matrix = light * spread * _saturation_and_hue(colour[:, 0], turn[:, 0])
        # The mean grey is a grey, so neither saturation nor hue changes it.
        changed = _times(images, matrix) + (1 - spread) * grey
        return tf.clip_by_value(changed, 0, 255), labels

    return augment


def _saturation_and_hue(saturation: Any, turn: Any) -> Any:
    """What pixels are multiplied by, N×1×3×3: in YIQ a scaling and a rotation of the plane of colours."""
    import tensorflow as tf

    angle = 2 * math.pi * turn[:, 0, 0]
    sin, cos = saturation[:, 0, 0] * tf.sin(angle), saturation[:, 0, 0] * tf.cos(angle)
    zero, one = tf.zeros_like(sin), tf.ones_like(sin)
    rows = ((one, zero, zero), (zero, cos, -sin), (zero, sin, cos))
    middle = tf.stack([tf.stack(row, -1) for row in rows], -2)
    to, back = (tf.constant(matrix, tf.float32) for matrix in (_TO_YIQ, np.linalg.inv(_TO_YIQ)))
    return (back @ middle @ to)[:, None]


def _times(images: Any, matrix: Any) -> Any:
    """Multiplies the pixels of each image by its own 3×3 matrix."""
    import tensorflow as tf

    shape = tf.shape(images)
    flat = tf.reshape(images, (shape[0], -1, 3))
    return tf.reshape(tf.matmul(flat, matrix[:, 0], transpose_b=True), shape)
