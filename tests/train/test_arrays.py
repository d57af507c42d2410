"""Whole arrays as training data: what they take of memory, and what is measured of them."""

import tracemalloc

import keras
import numpy as np
import pytest

from cvlabs.train import arrays
from cvlabs.train.arrays import checked_arrays, in_order, shuffled, statistics_of
from cvlabs.train.batches import training_batches, validation_batches

RNG = np.random.default_rng(0)


def peak_bytes(function, *args):
    tracemalloc.start()
    try:
        function(*args)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def nothing(images, labels):
    """Every image and label fits."""


def test_the_statistics_are_those_of_all_pixels():
    images = RNG.integers(0, 256, (300, 8, 9, 3)).astype("uint8")
    mean, std, of = statistics_of(images)
    np.testing.assert_allclose(mean, images.mean(axis=(0, 1, 2)), rtol=1e-12)
    np.testing.assert_allclose(std, images.astype("float64").std(axis=(0, 1, 2)), rtol=1e-12)
    assert of == "of the training images"


@pytest.mark.parametrize(
    ("count", "taken"), [(9_999, 9_999), (10_001, 5_001), (19_999, 10_000), (50_000, 10_000)]
)
def test_at_most_ten_thousand_images_are_measured(monkeypatch, count, taken):
    seen = []
    monkeypatch.setattr(arrays, "channel_statistics", lambda x: seen.append(len(x)) or ((0.0,), (1.0,)))
    statistics_of(np.zeros((count, 1, 1, 1), "uint8"))
    assert seen == [taken]


@pytest.mark.parametrize("value", [0, 7, 0.1, 1e6 / 3])
def test_a_channel_that_never_changes_is_not_scaled(value):
    images = RNG.random((50, 4, 4, 2))
    images[..., 0] = value
    mean, std, _ = statistics_of(images)
    assert mean[0] == pytest.approx(value)
    assert std[0] == 1.0
    assert std[1] == pytest.approx(images[..., 1].std())


def test_measuring_and_checking_take_a_part_of_the_memory_of_the_images():
    images, labels = np.zeros((1000, 32, 32, 3), "uint8"), np.zeros(1000, int)
    images[::2] = 1
    assert peak_bytes(statistics_of, images) < images.nbytes
    assert peak_bytes(checked_arrays, (images, labels), nothing) < images.nbytes
    floats = images.astype("float32")
    assert peak_bytes(checked_arrays, (floats, labels), nothing) < floats.nbytes / 4


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="others copy nothing")
def test_images_become_a_tensor_once(monkeypatch):
    import tensorflow as tf

    made, constant = [], tf.constant
    monkeypatch.setattr(
        tf, "constant", lambda value, *args: made.append(len(value)) or constant(value, *args)
    )
    images, labels = np.zeros((12, 2, 2, 3), "uint8"), np.arange(12) % 3
    batches = training_batches((images, labels), 4, 0, nothing)
    tests = validation_batches((images[:6], labels[:6]), 4, nothing)
    for n in range(3):
        assert len(list(batches.epoch(n, 0))) == 3
        assert len(list(tests())) == 2
    assert sorted(made) == [6, 6, 12, 12]


def test_an_epoch_is_the_same_whenever_and_from_wherever_it_is_asked_for():
    images, labels = np.arange(10.0).reshape(10, 1, 1, 1), np.arange(10)
    epoch = shuffled(images, labels, 3, 5)
    first = [np.asarray(y).tolist() for _, y in epoch(2, 0)]
    assert [np.asarray(y).tolist() for _, y in shuffled(images, labels, 3, 5)(2, 1)] == first[1:]
    assert first != [np.asarray(y).tolist() for _, y in epoch(3, 0)]
    # Written down, so that a checkpoint of an older version goes on with the same images.
    assert first == [y.tolist() for y in np.split(np.random.default_rng((5, 2)).permutation(10)[:9], 3)]
    for pixels, numbers in epoch(2, 0):
        np.testing.assert_array_equal(np.asarray(pixels).ravel(), np.asarray(numbers))


def test_all_images_in_their_order():
    images, labels = np.arange(5.0).reshape(5, 1, 1, 1), np.arange(5)
    found = in_order(images, labels, 2)(np.arange(5))
    assert [np.asarray(y).tolist() for _, y in found] == [[0, 1], [2, 3], [4]]


def test_images_that_are_not_finite_are_counted():
    images, labels = np.zeros((600, 2, 2, 3), "float32"), np.zeros(600, int)
    images[300, 0, 0, 0], images[599, 1, 1, 2] = np.inf, np.nan
    with pytest.raises(ValueError, match=r"2 images hold values that are .* finite.* the first is 300"):
        checked_arrays((images, labels), nothing)
