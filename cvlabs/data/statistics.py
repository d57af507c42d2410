"""Mean and standard deviation of pixels, channel by channel."""

import numpy as np

from cvlabs.data.decode import too_large
from cvlabs.data.decode_all import decode_all
from cvlabs.data.pixels import resized
from cvlabs.data.source import Source, spread

SAMPLE = 2000  # images: the error of a mean is a fortieth of how much images' means differ
_CHUNK = 16_384  # pixels, as many as stay in a processor's cache

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
    sums = _Sums(channels=3)
    decode_all(sample, size, lambda _, images: sums.add(images))
    return sums.statistics()


def channel_statistics(images: np.ndarray) -> Statistics:
    """Returns mean and standard deviation of each channel of images N×H×W×C, over all pixels."""
    sums = _Sums(images.shape[-1])
    sums.add(images)
    return sums.statistics()


class _Sums:
    """Sums over pixels, of values and of their squares: exact for bytes, however many."""

    def __init__(self, channels: int) -> None:
        self.count, self.total, self.squares = 0, np.zeros(channels), np.zeros(channels)

    def add(self, images: np.ndarray) -> None:
        pixels = images.reshape(-1, images.shape[-1])
        self.count += len(pixels)
        for start in range(0, len(pixels), _CHUNK):
            values = pixels[start : start + _CHUNK].astype(np.float64)
            ones = np.ones(len(values))  # since a product of matrices is faster than a sum over rows
            self.total += ones @ values
            self.squares += ones @ values**2

    def statistics(self) -> Statistics:
        count = max(1, self.count)
        mean = self.total / count
        deviation = np.sqrt(np.maximum(self.squares / count - mean**2, 0))
        return tuple(mean.tolist()), tuple(deviation.tolist())
