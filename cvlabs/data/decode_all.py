"""Every image of a split, decoded once: into memory, or only to see whether all can be."""

import time
from collections.abc import Callable

import numpy as np

from cvlabs.data.decode import decoded, decoder
from cvlabs.data.source import Files, Problem

_TOGETHER = 2**24  # bytes of images that are handed on at a time

Use = Callable[[np.ndarray, np.ndarray], None]  # numbers of files, N; their images, N×H×W×3 uint8


def decode_all(files: Files, size: tuple[int, int], use: Use | None = None) -> dict[int, Problem]:
    """Decodes all files, and returns those that cannot be: by number, path and reason.

    Args:
        files: The files.
        size: Height and width of the result.
        use: What to do with the images, if anything; it gets some at a time.
    """
    import tensorflow as tf

    if not len(files):
        return {}
    progress = _Progress(len(files))
    missing = np.ones(len(files), bool)
    whole = decoded(files, size)(np.arange(len(files))).ignore_errors()  # they are looked at below
    if use is None:
        whole = whole.map(lambda number, _: (number, ()))
    together = max(1, min(64, _TOGETHER // (size[0] * size[1] * 3)))
    for numbers, images in whole.batch(together).prefetch(1).as_numpy_iterator():
        missing[numbers] = False
        if use is not None:
            use(numbers, images)
        progress(int(numbers[-1]) + 1)
    decode = decoder(files, size)
    problems: dict[int, Problem] = {}
    for i in np.flatnonzero(missing):  # damaged, or read in one go with what cannot be
        try:
            (data,) = files.read(np.array([i]))
            image = decode(tf.constant(data), i).numpy()
        except (tf.errors.OpError, OSError, ValueError) as error:
            problems[int(i)] = (files.paths[i], _reason(error))
            continue
        if use is not None:
            use(np.array([i]), image[None])
    progress.end()
    return problems


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "cannot be opened: it no longer exists"
    if isinstance(error, PermissionError):
        return "cannot be opened: no permission to read it"
    if isinstance(error, OSError):
        return f"cannot be opened: {error.strerror}"
    if isinstance(error, ValueError):  # from reading, which knows
        return str(error).splitlines()[0]
    return "truncated or damaged: it cannot be decoded"


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
