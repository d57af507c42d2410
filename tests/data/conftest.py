"""Tiny image files, and a cache folder of the tests' own."""

import fcntl
import os

import numpy as np
import pytest


@pytest.fixture
def write():
    """Writes an image, by default of one colour, and returns its path."""
    image_module = pytest.importorskip("PIL.Image")

    def write(path, pixels=(200, 100, 50), *, size=(8, 8), mode="RGB", **options):
        path.parent.mkdir(parents=True, exist_ok=True)
        array = np.asarray(pixels, np.uint8)
        image = (
            image_module.fromarray(array)
            if array.ndim > 1
            else image_module.new("RGB", size[::-1], tuple(array.tolist()))
        )
        image.convert(mode).save(path, **options)
        return path

    return write


@pytest.fixture(scope="session")
def shapes_cache(tmp_path_factory):
    """A cache folder in which the shapes are prepared, once for all processes that run tests."""
    patch = pytest.MonkeyPatch()
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder /= "cache"
    folder.mkdir(exist_ok=True)
    patch.setenv("XDG_CACHE_HOME", str(folder))
    from cvlabs.data.shapes.source import shapes_source

    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shapes_source("train")
    yield folder
    patch.undo()


@pytest.fixture
def colours(tmp_path, write):
    """A folder of two classes, red and blue, with train and test, as PNG: six and three images of each."""
    for split, count in (("train", 6), ("test", 3)):
        for name, colour in (("red", (250, 10, 20)), ("blue", (10, 20, 250))):
            for i in range(count):
                write(tmp_path / "colours" / split / name / f"{i}.png", (colour[0] - i, *colour[1:]))
    return tmp_path / "colours"
