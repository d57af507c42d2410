"""AlexNet's ten crops, which its predictions are averaged over."""

from typing import Any

from cvlabs.data.augment.crops import pair
from cvlabs.data.batches import Augment


def ten_crop(size: int | tuple[int, int]) -> Augment:
    """Returns what makes ten images of one: the four corners, the centre, and the five mirrored.

    The crops of an image follow each other, and labels are repeated with them: reshape scores to
    N×10×classes and take their mean. Nothing is random; the seed is not used.

    Reference: A. Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", 2012,
    section 4.1.

    Args:
        size: Height and width of a crop.

    Raises:
        ValueError: When used: images are smaller than a crop.
    """
    height, width = pair(size)

    def augment(images: Any, labels: Any, seed: Any = None) -> tuple[Any, Any]:
        import tensorflow as tf

        images = tf.convert_to_tensor(images, tf.float32)
        _, full_height, full_width, channels = images.shape
        if full_height < height or full_width < width:
            raise ValueError(
                f"Crops of {height}×{width} do not fit into images of {full_height}×{full_width}."
            )
        down, right = full_height - height, full_width - width
        corners = [(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)]
        crops = [images[:, y : y + height, x : x + width] for y, x in corners]
        every = tf.stack([*crops, *(crop[:, :, ::-1] for crop in crops)], 1)
        return tf.reshape(every, (-1, height, width, channels)), tf.repeat(labels, 10, axis=0)

    return augment
