"""The real CIFAR-10, where its zip lies beside the checkout."""

from pathlib import Path

import numpy as np
import pytest

from cvlabs.data import load

ARCHIVE = Path(__file__).parents[3] / "shared" / "data" / "cifar10.zip"
pytestmark = pytest.mark.skipif(not ARCHIVE.exists(), reason="needs ../shared/data/cifar10.zip")


def test_the_test_split():
    test = load(f"folder:{ARCHIVE}", "test", batch_size=500, shuffle=False, seed=0)
    assert test.info.count == 10_000
    assert test.info.class_counts == (1000,) * 10
    assert test.info.classes[:3] == ("airplane", "automobile", "bird")
    # The training set's mean, as it is published; from a sample, and of a re-encoding.
    np.testing.assert_allclose(np.array(test.info.mean) / 255, [0.4914, 0.4822, 0.4465], atol=0.012)
    np.testing.assert_allclose(np.array(test.info.std) / 255, [0.247, 0.2435, 0.2616], atol=0.006)
    labels = np.concatenate([labels for _, labels in test.as_numpy_iterator()])
    np.testing.assert_array_equal(labels, np.repeat(np.arange(10), 1000))
