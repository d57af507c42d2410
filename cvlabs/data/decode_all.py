"""Every image of a split, decoded once: into memory, or only to see whether all can be."""

import time
from collections.abc import Iterator

import numpy as np

from cvlabs.data.decode import Decode, decoder
from cvlabs.data.source import Files, Problem

_CHUNK = 64


def decode_all(files: Files, size: tuple[int, int], into: np.ndarray | None = None) -> dict[int, Problem]:
    """Decodes all files, and returns those that cannot be: by number, path and reason.

    Args:
        files: The files.
        size: Height and width of the result.
        into: Where to put the images, N×H×W×3 uint8, if anywhere.
    """
    import tensorflow as tf

    if not len(files):
        return {}
    decode = decoder(files, size)
    starts = range(0, len(files), _CHUNK)
    chunks = tf.data.Dataset.from_tensor_slices(tf.range(0, len(files), _CHUNK, tf.int64)).map(
        lambda start: decode(tf.range(start, tf.minimum(start + _CHUNK, len(files)))),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    problems: dict[int, Problem] = {}
    progress = _Progress(len(files))
    iterator = iter(chunks)
    for start in starts:
        places = np.arange(start, min(start + _CHUNK, len(files)))
        try:
            images = next(iterator).numpy()
        except tf.errors.OpError:  # one file spoils the chunk: which?
            images = np.zeros((len(places), *size, 3), np.uint8)
            for i, image in _one_by_one(files, decode, places, problems):
                images[i - start] = image
        if into is not None:
            into[places] = images
        progress(int(places[-1]) + 1)
    progress.end()
    return problems


def _one_by_one(
    files: Files, decode: Decode, places: np.ndarray, problems: dict[int, Problem]
) -> Iterator[tuple[int, np.ndarray]]:
    import tensorflow as tf

    for i in places:
        try:
            yield i, decode(np.array([i])).numpy()[0]
        except (tf.errors.OpError, ValueError) as error:
            problems[int(i)] = (files.paths[i], _reason(error))


def _reason(error: Exception) -> str:
    text = str(error)
    if "ValueError: " in text:  # from reading, below several layers
        text = text.split("ValueError: ", 1)[1]
    elif "No such file" in text or "FileNotFoundError" in text:
        return "cannot be opened: it no longer exists"
    elif "PermissionError" in text:
        return "cannot be opened: no permission to read it"
    else:
        return "truncated or damaged: it cannot be decoded"
    return text.splitlines()[0]


class _Progress:
    """A line that is renewed each second of a pass that takes longer than three."""

    def __init__(self, total: int) -> None:
        self.total, self.start = total, time.monotonic()
        self.next = self.start + 3

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now >= self.next:
            self.next = now + 1
            rate = done / (now - self.start)
            print(f"\rDecoding {self.total:,} images: {done:,}, {rate:,.0f} a second", end="", flush=True)

    def end(self) -> None:
        if self.next > self.start + 3:
            print(
                f"\rDecoded {self.total:,} images in {time.monotonic() - self.start:.0f} s.      ", flush=True
            )
