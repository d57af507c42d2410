"""Shape-seeded weights: the same function has the same outputs in whatever idiom it is written."""

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.checks import weights


def outputs(build, shape, seed=1):
    x = keras.Input(shape)
    model = keras.Model(x, build(x))
    weights.fill(model, seed)
    sample = np.random.default_rng(0).standard_normal((2, *shape), dtype=np.float32)
    return keras.ops.convert_to_numpy(model(sample, training=False))


def branches_one_way(x):
    a = layers.Conv2D(5, 1)(x)
    b = layers.Conv2D(7, 3, padding="same")(x)
    return layers.Concatenate()([a, b])


def branches_the_other_way(x):
    b = layers.Conv2D(7, (3, 3), padding="same", name="second")(x)
    a = layers.Dense(5, name="first")(x)
    return keras.ops.concatenate([a, b], axis=-1)


def nested(x):
    inner = keras.Input(x.shape[1:])
    return keras.Model(inner, branches_one_way(inner))(x)


@pytest.mark.parametrize("other", [branches_the_other_way, nested])
def test_order_names_nesting_and_idiom_do_not_matter(other):
    np.testing.assert_allclose(
        outputs(branches_one_way, (5, 6, 3)), outputs(other, (5, 6, 3)), rtol=1e-5, atol=1e-6
    )


def test_a_dense_layer_on_flattened_features_equals_the_convolution_that_covers_them():
    dense = outputs(lambda x: layers.Dense(9)(layers.Flatten()(x)), (3, 4, 5))
    convolution = outputs(lambda x: layers.Flatten()(layers.Conv2D(9, (3, 4))(x)), (3, 4, 5))
    np.testing.assert_allclose(dense, convolution, rtol=1e-5, atol=1e-6)


def test_a_depthwise_convolution_equals_the_grouped_one():
    depthwise = outputs(lambda x: layers.DepthwiseConv2D(3)(x), (6, 6, 4))
    grouped = outputs(lambda x: layers.Conv2D(4, 3, groups=4)(x), (6, 6, 4))
    np.testing.assert_allclose(depthwise, grouped, rtol=1e-5, atol=1e-6)


def test_another_seed_gives_other_outputs():
    one, two = (outputs(branches_one_way, (5, 6, 3), seed) for seed in (1, 2))
    assert np.abs(one - two).max() > 0.1


def test_activations_keep_their_scale_through_a_deep_network():
    def deep(x):
        for width in (24, 32, 48, 64, 24, 32, 48, 64):
            x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
        return x

    assert 0.1 < outputs(deep, (8, 8, 16)).std() < 10


def test_roles_follow_keras_names_and_ranks():
    x = keras.Input((4, 4, 3))
    model = keras.Model(x, layers.BatchNormalization()(layers.Conv2D(2, 1)(x)))
    roles = sorted(weights.role(v) for v in model.variables)
    assert roles == ["beta", "bias", "gamma", "kernel", "mean", "variance"]


def test_states_of_random_generators_are_left_alone():
    x = keras.Input((4,))
    model = keras.Model(x, layers.Dropout(0.5, seed=3)(layers.Dense(2)(x)))
    assert len(weights.weight_variables(model)) == 2
    assert weights.weight_table(model) == {"kernel 4×2": 1, "bias 2": 1}
