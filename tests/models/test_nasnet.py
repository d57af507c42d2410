"""NASNet's cells at every size, and against Keras' own with few and narrow cells."""

from functools import partial

import keras
import numpy as np
import pytest
from keras.src.applications.nasnet import NASNet

from cvlabs.features import feature_info
from cvlabs.models.nasnet import nasnet, reduction_cell
from cvlabs.variables import abstract
from tests.models.test_keras_applications import prepare, zero_padded_max_pool
from tests.models.tiny import TINY

SMALL = {"repeats": 1, "final_filters": 96, "stem_filters": 8}


@pytest.mark.parametrize("name", ["nasnet_mobile", "nasnet_large"])
def test_it_is_the_same_network_at_the_smallest_size(name):
    with abstract():
        large, small = (TINY[name]((size, size, 3)) for size in (64, 3))
    assert [layer.name for layer in small.layers] == [layer.name for layer in large.layers]
    assert [v.shape for v in small.variables] == [v.shape for v in large.variables]


@pytest.mark.parametrize("name", ["nasnet_mobile", "nasnet_large"])
def test_features_are_the_outputs_of_cells(name):
    with abstract():
        rows = feature_info(TINY[name]((64, 64, 3)))
    assert [row["layer"] for row in rows[1:4]] == ["stem_cell1_concat", "cell1_concat", "cell2_concat"]
    assert rows[1]["channels"] == 4  # its four parts, of filters / 4 each


@pytest.mark.parametrize("skip_reduction", [pytest.param(True, marks=pytest.mark.slow), False])
def test_equals_keras_applications_with_few_cells(skip_reduction):
    size = (33, 48, 3)
    reduction = partial(reduction_cell, max_pool=zero_padded_max_pool)
    ours = nasnet(size, 5, skip_reduction=skip_reduction, reduction=reduction, **SMALL)
    theirs = NASNet(
        size, 96, 1, 8, skip_reduction, weights=None, classes=5, default_size=48, classifier_activation=None
    )
    prepare(ours)
    prepare(theirs)
    x = np.random.default_rng(1).standard_normal((2, *size), dtype="float32")
    expected = np.asarray(theirs(x, training=False))
    assert np.abs(expected[0] - expected[1]).max() > 1e-3 * np.abs(expected).max()  # the input matters
    got = keras.ops.convert_to_numpy(ours(x, training=False))
    assert np.abs(got - expected).max() <= 1e-4 * np.abs(expected).max()
