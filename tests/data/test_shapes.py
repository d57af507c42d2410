"""The embedded data set: what it holds, and how hard it is."""

import doctest
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib import import_module
from threading import Barrier

import numpy as np
import pytest

from cvlabs.data import load
from cvlabs.data.shapes import source
from cvlabs.data.shapes.drawing import SHAPES, draw
from cvlabs.data.shapes.splits import COUNTS, VERSION

# TensorFlow says on stderr, at any level, that oneDNN is on, which it is on processors with AVX-512.
NO_GREETING = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}


@pytest.fixture
def few(monkeypatch, tmp_path):
    """Makes the splits small, and the cache folder an empty one; returns where the file will be."""
    monkeypatch.setitem(COUNTS, "train", 60)
    monkeypatch.setitem(COUNTS, "test", 20)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "cvlabs" / f"shapes-{VERSION}.bin"


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


def test_they_stay_what_they_are(shapes_cache):
    """Checkpoints and published accuracies are of these images: another drawing is another version."""
    train = load("shapes", batch_size=1000, shuffle=False)
    assert VERSION == "1.0.0"
    assert train.info.mean == pytest.approx((127.4865, 126.1945, 126.9945), abs=0.002)
    assert train.info.std == pytest.approx((53.0839, 53.1241, 53.1421), abs=0.002)
    labels = np.concatenate([labels for _, labels in train.as_numpy_iterator()])
    assert sha256(labels.astype("<i4").tobytes()).hexdigest().startswith("b1922ec02fc443a8b720621c")


def test_they_need_no_other_package(few, monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", None)  # an import of it fails
    assert load("shapes", "test", batch_size=5).info.count == 20
    assert few.exists()


def test_a_second_process_reads_what_the_first_one_drew(few, monkeypatch):
    drawn = source._splits.__wrapped__(few)
    monkeypatch.setattr(source, "draw_splits", _not_called)
    monkeypatch.setattr(source, "write", _not_called)  # nothing has to be writable
    _assert_same(source._splits.__wrapped__(few), drawn)
    assert [path.name for path in few.parent.iterdir()] == [few.name]  # no scratch


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:20],
        lambda content: content[:-1],
        lambda content: content + b"\0",
        lambda content: content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
        lambda content: bytes([content[0] ^ 1]) + content[1:],
    ],
    ids=["empty", "in the digest", "truncated", "longer", "a bit of a pixel", "a bit of the digest"],
)
def test_a_damaged_file_is_drawn_anew(few, capsys, damage):
    drawn = source._splits.__wrapped__(few)
    content = few.read_bytes()
    few.write_bytes(damage(content))
    capsys.readouterr()
    _assert_same(source._splits.__wrapped__(few), drawn)
    assert capsys.readouterr().out == "Drawing the shapes, once: some seconds.\n"
    assert few.read_bytes() == content


def test_another_version_is_drawn_anew(few, monkeypatch):
    source.shapes_source("test")
    monkeypatch.setattr(source, "VERSION", "9.0.0")
    source.shapes_source("test")
    assert sorted(path.name for path in few.parent.iterdir()) == [few.name, "shapes-9.0.0.bin"]


def test_several_may_draw_at_the_same_time(few, monkeypatch):
    together = Barrier(3)

    def drawn():
        together.wait()  # none has found a file
        return draw_splits()

    draw_splits = source.draw_splits
    monkeypatch.setattr(source, "draw_splits", drawn)
    with ThreadPoolExecutor(3) as pool:
        first, *others = pool.map(source._splits.__wrapped__, [few] * 3)
    for other in others:
        _assert_same(other, first)
    _assert_same(source._splits.__wrapped__(few), first)
    assert [path.name for path in few.parent.iterdir()] == [few.name]


def test_where_nothing_can_be_written_they_are_there_too(few):
    few.parent.write_text("a file where the folder should be")
    assert len(source.shapes_source("train").labels) == 60


def _not_called(*_):
    raise AssertionError("not needed")


def _assert_same(some, others):
    assert some.keys() == others.keys() == COUNTS.keys()
    for split in COUNTS:
        for mine, theirs in zip(some[split], others[split], strict=True):
            np.testing.assert_array_equal(mine, theirs)
            assert mine.dtype == theirs.dtype


@pytest.mark.parametrize("module", ["cvlabs.data", "cvlabs.data.by_name"])
def test_examples_in_docstrings_run(shapes_cache, monkeypatch, module):
    # A machine that is busy takes longer than the three seconds from which on progress is shown.
    monkeypatch.setattr("cvlabs.data.decode_all._Progress.__call__", lambda self, done: None)
    result = doctest.testmod(import_module(module), raise_on_error=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_they_are_a_set_of_tensorflow_datasets(few, tmp_path):
    """The same images in the same order."""
    tfds = pytest.importorskip("tensorflow_datasets")
    import_module("cvlabs.data.shapes.shapes_dataset_builder")
    builder = tfds.builder("shapes", data_dir=tmp_path)
    builder.download_and_prepare()
    assert str(builder.version) == VERSION
    assert builder.info.features["label"].names == list(SHAPES)
    assert "outline" in builder.info.description
    for split in COUNTS:
        examples = builder.as_dataset(split=split, batch_size=-1)
        ours = source.shapes_source(split)
        np.testing.assert_array_equal(examples["image"], ours.images)
        np.testing.assert_array_equal(examples["label"], ours.labels)


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
            **NO_GREETING,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout.split()[-1] == "2000"
    assert run.stderr == ""


@pytest.mark.slow
def test_drawing_them_says_one_line(tmp_path):
    """A notebook shows what goes to stderr, such as the warnings of a library, as an error."""
    program = "from cvlabs.data import load; load('shapes', batch_size=50)"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path), **NO_GREETING},
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
