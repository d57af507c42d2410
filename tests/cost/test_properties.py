"""Laws that costs keep whatever the network."""

import keras
import pytest
from keras import layers

from cvlabs.cost import calculate


def convolutions(size, filters, *, groups=1, channels=None):
    """Three convolutions, strided, plain and grouped; sizes that the stride divides."""
    inputs = x = keras.Input((size, size, channels or filters))
    x = layers.Conv2D(filters, 3, strides=2, padding="same", use_bias=False)(x)
    x = layers.Conv2D(2 * filters, 1, use_bias=False)(x)
    x = layers.Conv2D(filters, 5, padding="same", groups=groups, use_bias=False)(x)
    return keras.Model(inputs, x)


@pytest.mark.parametrize("convention", ["macs", "lecture", "fvcore", "torchinfo"])
@pytest.mark.parametrize("factor", [2, 3])
def test_multiply_adds_and_memory_grow_with_the_area(convention, factor):
    small, large = (calculate(convolutions(8 * k, 4), convention=convention).total for k in (1, factor))
    assert large.macs == factor**2 * small.macs
    assert large.activation_bytes == factor**2 * small.activation_bytes
    assert large.peak_bytes == factor**2 * small.peak_bytes
    assert large.params == small.params


@pytest.mark.parametrize("factor", [2, 5])
def test_multiply_adds_grow_with_the_square_of_the_width(factor):
    narrow, wide = (calculate(convolutions(8, 4 * k)).total for k in (1, factor))
    assert wide.macs == factor**2 * narrow.macs
    assert wide.params == factor**2 * narrow.params
    assert wide.activation_bytes == factor * narrow.activation_bytes


@pytest.mark.parametrize("groups", [2, 4, 8])
def test_groups_divide(groups):
    whole, grouped = (calculate(convolutions(8, 16, groups=g)).rows[-1] for g in (1, groups))
    assert whole.macs == groups * grouped.macs
    assert whole.params == groups * grouped.params
    assert whole.activation_bytes == grouped.activation_bytes


def test_dilation_costs_nothing():
    def last(dilation):
        inputs = keras.Input((9, 9, 2))
        x = layers.Conv2D(3, 3, padding="same", dilation_rate=dilation)(inputs)
        return calculate(keras.Model(inputs, x)).rows[-1]

    assert last(1).macs == last(4).macs
    assert last(4).receptive_field == (9, 9)


@pytest.mark.parametrize("convention", ["macs", "lecture", "flops", "fvcore", "torchinfo", "keras"])
def test_a_network_costs_what_its_parts_cost(convention):
    def first(x):
        x = layers.Conv2D(4, 3, padding="same", activation="relu")(x)
        return layers.MaxPooling2D(2)(layers.BatchNormalization()(x))

    def second(x):
        x = layers.GlobalAveragePooling2D()(layers.DepthwiseConv2D(3)(x))
        return layers.Dense(5, activation="softmax")(x)

    inputs, middle = keras.Input((8, 10, 3)), keras.Input((4, 5, 4))
    whole = calculate(keras.Model(inputs, second(first(inputs))), convention=convention)
    parts = [
        calculate(keras.Model(x, part(x)), convention=convention).total
        for x, part in ((inputs, first), (middle, second))
    ]
    for name in ("params", "bn_statistics", "macs", "activation_bytes", "weight_bytes"):
        assert getattr(whole.total, name) == sum(getattr(part, name) for part in parts), name
        if name != "weight_bytes":
            for groups in (whole.rows, whole.by_stage(), whole.by_kind()):
                assert sum(getattr(group, name) or 0 for group in groups) == getattr(whole.total, name)


def test_the_lectures_three_by_three_argument():
    """Two 3×3 convolutions see what one 5×5 sees, at 18 C² H W in place of 25 C² H W."""
    inputs = keras.Input((12, 10, 6))
    one = layers.Conv2D(6, 5, padding="same", use_bias=False)(inputs)
    two = inputs
    for _ in range(2):
        two = layers.Conv2D(6, 3, padding="same", use_bias=False)(two)
    five, threes = (calculate(keras.Model(inputs, x)) for x in (one, two))
    assert five.total.macs == 25 * 6**2 * 12 * 10
    assert threes.total.macs == 18 * 6**2 * 12 * 10
    assert five.rows[-1].receptive_field == threes.rows[-1].receptive_field == (5, 5)
