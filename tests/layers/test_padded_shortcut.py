"""The shortcut without parameters against NumPy's own slicing."""

import keras
import numpy as np
import pytest

from cvlabs.layers import PaddedShortcut


@pytest.mark.parametrize("size", [(8, 6), (7, 5), (1, 2)])
@pytest.mark.parametrize(("filters", "strides"), [(3, 2), (8, 1), (8, 2), (6, 3)])
def test_keeps_every_strided_pixel_and_adds_zeros(size, filters, strides):
    x = np.random.default_rng(0).standard_normal((2, *size, 3), dtype="float32")
    layer = PaddedShortcut(filters, strides)
    got = keras.ops.convert_to_numpy(layer(x))
    expected = np.zeros((2, *(-(-n // strides) for n in size), filters), "float32")
    expected[..., :3] = x[:, ::strides, ::strides]
    np.testing.assert_array_equal(got, expected)
    assert layer.weights == []
    assert layer(keras.Input((*size, 3))).shape == (None, *expected.shape[1:])
    assert layer.compute_output_shape((None, None, None, 3)) == (None, None, None, filters)


def test_its_config_makes_it_again():
    layer = keras.saving.deserialize_keras_object(
        keras.saving.serialize_keras_object(PaddedShortcut(8, 2, name="shortcut"))
    )
    assert (layer.name, layer.filters, layer.strides) == ("shortcut", 8, 2)


def test_cannot_drop_channels():
    with pytest.raises(ValueError, match="shortcut fills up to 4 channels, but its input has 8"):
        PaddedShortcut(4, name="shortcut")(keras.Input((6, 6, 8)))
    with pytest.raises(ValueError, match="shortcut fills up to 4 channels, but its input has 8"):
        PaddedShortcut(4, name="shortcut")(np.zeros((1, 6, 6, 8), "float32"))
