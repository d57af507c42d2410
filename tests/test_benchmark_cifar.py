"""The degradation experiment in small: its batches, its files, and that it goes on where it stopped."""

import csv
import math
import re
import subprocess
import sys

import numpy as np
import pytest

from benchmarks.cifar import Augmented, Cifar, pad_crop_flip, read
from benchmarks.degradation import PAPER
from cvlabs.degradation import read_run


def split(count=20):
    """The same images in each call, in whatever order the tests run."""
    images = np.random.default_rng(0).integers(0, 256, (count, 32, 32, 3)).astype("uint8")
    return Cifar("mine", images, np.arange(count, dtype="int32") % 4, tuple("abcd"))


def test_each_crop_is_a_window_of_the_padded_image():
    images, fill = split(40).images, np.array([1, 2, 3], "uint8")
    cropped = pad_crop_flip(images, fill, np.random.default_rng(1))
    padded = np.full((40, 40, 40, 3), fill, "uint8")
    padded[:, 4:36, 4:36] = images
    places = set()
    for before, after in zip(padded, cropped, strict=True):
        found = [
            (y, x, flip)
            for y in range(9)
            for x in range(9)
            for flip in (1, -1)
            if (before[y : y + 32, x : x + 32][:, ::flip] == after).all()
        ]
        assert len(found) == 1
        places.add(found[0])
    assert {flip for _, _, flip in places} == {1, -1}
    assert len(places) > 20


def test_an_epoch_depends_on_its_number_alone_and_goes_on_from_any_batch():
    data = Augmented(split(), 6, seed=3)
    assert len(data) == 3
    first, again, other = (list(data.epoch(n)) for n in (2, 2, 1))
    for (x, y), (a, b) in zip(first, again, strict=True):
        np.testing.assert_array_equal(x, a)
        np.testing.assert_array_equal(y, b)
    rest = list(data.epoch(2, 1))
    np.testing.assert_array_equal(rest[0][0], first[1][0])
    assert len(rest) == 2
    assert not all((y == b).all() for (_, y), (_, b) in zip(first, other, strict=True))
    assert first[0][0].dtype == "float32"
    np.testing.assert_allclose(data.info.mean, split().images.mean(axis=(0, 1, 2)))


def test_every_network_has_a_figure_of_the_paper():
    from benchmarks.degradation import NETWORKS

    assert set(PAPER) == set(NETWORKS)


@pytest.mark.slow
def test_a_run_writes_its_curve_and_is_not_run_again(tmp_path):
    made = split(256)
    arrays = tmp_path / "tiny.npz"
    np.savez(
        arrays,
        train_images=made.images,
        train_labels=made.labels,
        test_images=made.images[:16],
        test_labels=made.labels[:16],
        classes=np.array(made.classes),
    )
    assert read(str(arrays), tmp_path)[1].classes == tuple("abcd")
    options = [
        "--data",
        str(arrays),
        "--networks",
        "plain20_cifar",
        "--epochs",
        "2",
        "--output",
        str(tmp_path),
    ]
    command = [sys.executable, "-m", "benchmarks.degradation", *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    path = tmp_path / "plain20_cifar-2epochs-seed0.csv"
    text = path.read_text()
    settings = r"(\w+=\S+ )*"  # of the environment that the tests run in
    assert re.search(rf"^# command: {settings}python -m benchmarks\.degradation --data ", text, re.MULTILINE)
    assert "# device: " in text
    rows = read_run(path).rows
    assert [(row["epoch"], row["step"]) for row in rows] == [(0.5, 1), (1, 2), (1.5, 3), (2, 4)]
    assert [math.isnan(row["test_error"]) for row in rows] == [True, False, True, False]
    history = list(csv.DictReader((tmp_path / "runs" / path.stem / "history.csv").read_text().splitlines()))
    errors = [row["training_error"] for row in rows]
    assert [sum(errors[:2]) / 2, sum(errors[2:]) / 2] == pytest.approx(
        [float(row["training_error"]) for row in history], abs=1e-3
    )
    assert [row["test_error"] for row in rows[1::2]] == pytest.approx(
        [float(row["validation_error"]) for row in history], abs=1e-3
    )
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "is finished." in again.stdout
    assert "about 9.5" in again.stdout
    assert path.read_text() == text
    other = subprocess.run([*command, "--warmup", "1"], capture_output=True, text=True, check=True)
    assert "is finished." not in other.stdout
    warm = read_run(tmp_path / "plain20_cifar-2epochs-1warmup-seed0.csv")
    assert (warm.warmup, warm.label) == (1, "plain, 20 layers, warmup")
    assert warm.notes[0].endswith("--warmup 1")
