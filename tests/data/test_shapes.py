"""The embedded data set: what it holds, and how hard it is."""

import doctest
import os
import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest

from cvlabs.data import load
from cvlabs.data.shapes import source
from cvlabs.data.shapes.drawing import SHAPES, draw


def test_drawing_is_deterministic_and_balanced():
    images, labels = draw(600, seed=3)
    assert images.shape == (600, 32, 32, 3)
    assert images.dtype == np.uint8
    assert np.bincount(labels).tolist() == [60] * 10
    again, same = draw(600, seed=3)
    np.testing.assert_array_equal(images, again)
    np.testing.assert_array_equal(labels, same)
    other, _ = draw(600, seed=4)
    assert not np.array_equal(images, other)
    assert draw(0, seed=1)[0].shape == (0, 32, 32, 3)


@pytest.mark.parametrize("name", SHAPES)
def test_outlines_fit_into_their_radius(name):
    y, x = (np.mgrid[-60:61, -60:61] / 40).astype("float32")
    inside = SHAPES[name](x, y)
    assert 0.1 < inside.mean() * 9 / np.pi < 1  # of the unit disc
    assert np.hypot(x, y)[inside].max() < 1.25


def test_loading(shapes_cache):
    test = load("shapes", "test", batch_size=100, seed=0)
    assert test.info.classes == tuple(SHAPES)
    assert test.info.class_counts == (200,) * 10
    assert test.info.image_shape == (32, 32, 3)
    images, labels = (np.concatenate(part) for part in zip(*test.as_numpy_iterator(), strict=True))
    drawn, theirs = draw(2000, seed=2)
    key = {image.tobytes(): label for image, label in zip(drawn, theirs, strict=True)}
    found = [key[image.astype(np.uint8).tobytes()] for image in images]  # each is one that was drawn
    np.testing.assert_array_equal(found, labels)
    assert len(key) == 2000
    for name in ("shapes", "digits"):
        with pytest.raises(ValueError, match=f"{name} has no split 'validation'; it has: train, test"):
            load(name, "validation", batch_size=2)


@pytest.mark.parametrize("module", ["cvlabs.data", "cvlabs.data.by_name"])
def test_examples_in_docstrings_run(shapes_cache, monkeypatch, module):
    # A machine that is busy takes longer than the three seconds from which on progress is shown.
    monkeypatch.setattr("cvlabs.data.decode_all._Progress.__call__", lambda self, done: None)
    result = doctest.testmod(import_module(module), raise_on_error=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_they_are_a_set_of_tensorflow_datasets(shapes_cache):
    tfds = pytest.importorskip("tensorflow_datasets")
    builder = tfds.builder_from_directory(shapes_cache / "cvlabs" / "data" / "shapes" / "1.0.0")
    assert builder.info.splits["train"].num_examples == 10_000
    assert builder.info.features["label"].names == list(SHAPES)
    assert "outline" in builder.info.description
    assert [path.name for path in (shapes_cache / "cvlabs" / "data").iterdir()] == ["shapes"]  # no scratch


@pytest.mark.slow
def test_without_a_place_to_write_they_are_there_too(tmp_path):
    (tmp_path / "file").write_text("a file where a folder should be")
    program = "from cvlabs.data import load; print(load('shapes', 'test', batch_size=50).info.count)"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "XDG_CACHE_HOME": str(tmp_path / "file"),
            "MPLCONFIGDIR": str(tmp_path),
            "TF_CPP_MIN_LOG_LEVEL": "3",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout.split()[-1] == "2000"
    assert run.stderr == ""


def test_where_they_are_prepared_nothing_has_to_be_writable(shapes_cache, monkeypatch):
    monkeypatch.setattr(source.tempfile, "TemporaryDirectory", _not_writable)
    assert len(source._kept.__wrapped__(shapes_cache / "cvlabs" / "data", "test").labels) == 2000


def _not_writable(*_, **__):
    raise PermissionError("read-only")


@pytest.mark.slow
def test_drawing_them_says_one_line(tmp_path):
    """A notebook shows what goes to stderr, such as the warnings of a library, as an error."""
    program = "from cvlabs.data import load; load('shapes', batch_size=50)"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path), "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "Drawing the shapes, once: some seconds.\n"
    assert run.stderr == ""


@pytest.mark.slow
def test_a_linear_model_fails_and_a_small_network_learns():
    """The measure of how hard they are: below 50 % for a linear model, above 85 % for a small CNN."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.shapes", "--epochs", "5"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    accuracy = {
        line.split(":")[0]: float(line.split()[-2]) for line in run.stdout.splitlines() if "%" in line
    }
    assert 10 < accuracy["linear"] < 50
    assert accuracy["cnn"] > 85
