"""Image classification sets of TensorFlow Datasets, by their name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np

from cvlabs.data.source import Source


def tfds_source(name: str, split: str) -> Source:
    """Returns a split of a set that is prepared."""
    raise ValueError(f"Unknown data set {name!r}.")


def require_tfds(name: str) -> None:
    """Raises the error that says how to install tensorflow-datasets, if need be."""
    try:
        import tensorflow_datasets  # noqa: F401
    except ImportError:
        raise ValueError(
            f'{name} is read by tensorflow-datasets, which is not installed: pip install "cvlabs[data]".'
        ) from None


def splits_error(name: str, split: str, builder: Any) -> ValueError:
    """Returns the error that lists the splits there are."""
    return ValueError(
        f"{name} has no split {split!r}; it has: {', '.join(builder.info.splits)}. Parts of one are written "
        '"train[:80%]" and "train[80%:]".'
    )


def decoded(builder: Any, split: str) -> Source:
    """Returns a split whose images have one size, as arrays."""
    import tensorflow_datasets as tfds

    batches = builder.as_dataset(split=split, batch_size=256, as_supervised=True, read_config=_in_order())
    parts = list(tfds.as_numpy(batches))
    images = np.concatenate([images for images, _ in parts])
    labels = np.concatenate([labels for _, labels in parts]).astype(np.int32)
    return Source(tuple(builder.info.features["label"].names), images, labels)


def _in_order() -> Any:
    import tensorflow_datasets as tfds

    return tfds.ReadConfig(interleave_cycle_length=1, try_autocache=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Silences tensorflow-datasets' progress bars, which go to stderr: a notebook shows them as errors."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield
