"""CIFAR-10 in memory, augmented by NumPy: the same batches on every backend, without TensorFlow if need be.

`cvlabs.data` reads the images once, with TensorFlow; they are kept in an `.npz` file, which does for a
machine that has JAX alone.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

Array = Any  # numpy.ndarray
Batch = tuple[Array, Array]

_PADDING = 4
_AHEAD = 8  # batches that are made before they are asked for


@dataclass(frozen=True)
class Cifar:
    """A split of CIFAR-10, or of anything like it.

    Args:
        name: What it was read from.
        images: N×32×32×3 uint8.
        labels: N int32.
        classes: Names of the classes.
    """

    name: str
    images: Array
    labels: Array
    classes: tuple[str, ...]


class Augmented:
    """Batches of a training split: padded by 4 pixels, cropped, mirrored, as in He et al. 2016, section 4.2.

    What is padded is the mean colour, which is what zeros are once the mean has been subtracted.

    Args:
        split: The images.
        batch_size: Images of a batch; the rest that fills none is left out, other images in each epoch.
        seed: What order and crops depend on, beside the epoch's number.
    """

    def __init__(self, split: Cifar, batch_size: int, seed: int) -> None:
        self._split, self._seed = split, seed
        pixels = split.images.reshape(-1, 3)
        mean, std = pixels.mean(axis=0, dtype="float64"), pixels.std(axis=0, dtype="float64")
        self._fill = np.round(mean).astype("uint8")
        self.info = SimpleNamespace(
            name=split.name,
            classes=split.classes,
            batch_size=batch_size,
            mean=tuple(mean.tolist()),
            std=tuple(std.tolist()),
        )

    def __len__(self) -> int:
        return len(self._split.labels) // self.info.batch_size

    def __iter__(self) -> Iterator[Batch]:
        return self.epoch(0)

    def epoch(self, n: int, first_batch: int = 0) -> Iterator[Batch]:
        """Gives the batches of epoch `n` from one on, made some steps ahead by another thread."""
        order = np.random.default_rng((self._seed, n)).permutation(len(self._split.labels))
        with ThreadPoolExecutor(1) as maker:
            numbers = range(first_batch, len(self))
            waiting = [maker.submit(self._batch, order, n, i) for i in numbers[:_AHEAD]]
            for i in numbers:
                batch = waiting.pop(0).result()
                if i + _AHEAD < len(self):
                    waiting.append(maker.submit(self._batch, order, n, i + _AHEAD))
                yield batch

    def _batch(self, order: Array, n: int, i: int) -> Batch:
        size = self.info.batch_size
        chosen = order[i * size : (i + 1) * size]
        rng = np.random.default_rng((self._seed, n, i + 1))
        images = pad_crop_flip(self._split.images[chosen], self._fill, rng)
        return images.astype("float32"), self._split.labels[chosen]


def pad_crop_flip(images: Array, fill: Array, rng: np.random.Generator) -> Array:
    """Returns a random window of each padded image, mirrored or not."""
    count, height, width, _ = images.shape
    padded = np.empty((count, height + 2 * _PADDING, width + 2 * _PADDING, 3), images.dtype)
    padded[:] = fill
    padded[:, _PADDING:-_PADDING, _PADDING:-_PADDING] = images
    top, left = rng.integers(0, 2 * _PADDING + 1, (2, count))
    rows = top[:, None] + np.arange(height)
    columns = left[:, None] + np.arange(width)
    mirrored = rng.random(count) < 0.5
    columns[mirrored] = columns[mirrored, ::-1]
    return padded[np.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]


def read(name: str, cache: Path) -> tuple[Cifar, Cifar]:
    """Returns the training and the test split.

    Args:
        name: As for `cvlabs.data.load`: `folder:PATH` or `cifar10`; or an `.npz` file of an earlier call.
        cache: Where to keep the images, as `.npz`.
    """
    if not name.endswith(".npz"):
        if not cache.exists():
            _write(name, cache)
        return _unpacked(name, cache)
    return _unpacked(name, Path(name))


def _write(name: str, path: Path) -> None:
    from cvlabs.data import load

    arrays: dict[str, Array] = {}
    for split in ("train", "test"):
        data = load(name, split, batch_size=1000, image_size=32, shuffle=False)
        images, labels = zip(*((x.numpy(), y.numpy()) for x, y in data), strict=True)
        arrays[f"{split}_images"] = np.concatenate(images).astype("uint8")
        arrays[f"{split}_labels"] = np.concatenate(labels).astype("int32")
        arrays["classes"] = np.array(data.info.classes)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp.npz")
    np.savez(temporary, **arrays)
    temporary.replace(path)


def _unpacked(name: str, path: Path) -> tuple[Cifar, Cifar]:
    with np.load(path) as found:
        classes = tuple(map(str, found["classes"]))
        train, test = (
            Cifar(name, found[f"{split}_images"], found[f"{split}_labels"], classes)
            for split in ("train", "test")
        )
    return train, test
