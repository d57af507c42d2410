"""Mean and standard deviation of pixels, channel by channel."""

import numpy as np

from cvlabs.data.decode import too_large
from cvlabs.data.decode_all import decode_all
from cvlabs.data.pixels import resized
from cvlabs.data.source import Source, spread

SAMPLE = 2000  # images: the error of a mean is a fortieth of how much images' means differ
_CHUNK = 1000

Statistics = tuple[tuple[float, ...], tuple[float, ...]]


def statistics(source: Source, size: tuple[int, int]) -> Statistics:
    """Returns mean and standard deviation of each channel, of images of that size.

    Of more than 2,000 images those count that are spread evenly over them; what cannot be decoded does not.
    """
    sample = source.take(spread(len(source.labels), SAMPLE)).images
    if isinstance(sample, np.ndarray):
        return channel_statistics(resized(sample, size))
    large = too_large(sample, size)
    sample = sample.take(np.array([i for i in range(len(sample)) if i not in large], int))
    pixels = np.empty((len(sample), *size, 3), np.uint8)
    failed = decode_all(sample, size, pixels)
    return channel_statistics(np.delete(pixels, list(failed), 0))


def channel_statistics(images: np.ndarray) -> Statistics:
    """Returns mean and standard deviation of each channel of images N×H×W×C, over all pixels."""
    channels = images.shape[-1]
    total, squares = np.zeros(channels), np.zeros(channels)
    for start in range(0, len(images), _CHUNK):
        values = images[start : start + _CHUNK].reshape(-1, channels).astype(np.float64)
        total += values.sum(0)
        squares += np.einsum("nc,nc->c", values, values)
    count = max(1, images[..., 0].size)
    mean = total / count
    return tuple(mean.tolist()), tuple(np.sqrt(np.maximum(squares / count - mean**2, 0)).tolist())
