"""Layers that move channels, against NumPy's own indexing."""

import numpy as np
import pytest
from keras import ops

from cvlabs.layers import ChannelShuffle, ChannelSlice

X = np.random.default_rng(0).standard_normal((2, 3, 4, 6), dtype="float32")


@pytest.mark.parametrize("groups", [1, 2, np.int64(3), 6])
def test_a_shuffle_deals_the_channels_out(groups):
    layer = ChannelShuffle(groups)
    expected = [group * (6 // groups) + place for place in range(6 // groups) for group in range(groups)]
    np.testing.assert_array_equal(ops.convert_to_numpy(layer(X)), X[..., expected])
    assert type(layer.get_config()["groups"]) is int


@pytest.mark.parametrize("groups", [0, -2, 2.0, "2", None])
def test_groups_that_are_none(groups):
    with pytest.raises(ValueError, match="groups must be a whole number of at least 1, got"):
        ChannelShuffle(groups)


def test_channels_that_cannot_be_dealt_out():
    with pytest.raises(ValueError, match="shuffle cannot divide 6 channels into 4 groups"):
        ChannelShuffle(4, name="shuffle")(X)


def test_a_slice_is_one():
    layer = ChannelSlice(1, 4)
    np.testing.assert_array_equal(ops.convert_to_numpy(layer(X)), X[..., 1:4])
    assert layer.compute_output_shape(X.shape) == X[..., 1:4].shape


@pytest.mark.parametrize(("start", "stop"), [(3, 9), (4, 4), (-2, 5), (6, 8)])
def test_channels_that_are_not_there(start, stop):
    with pytest.raises(
        ValueError, match=rf"part takes the channels from {start} up to, not including, {stop}, but .* has 6"
    ):
        ChannelSlice(start, stop, name="part")(X)
