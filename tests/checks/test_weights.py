"""Shape-seeded weights: the same function has the same outputs in whatever idiom it is written."""

import collections

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.checks import weights
from cvlabs.checks.evidence import decode_array
from cvlabs.checks.probe import probe_layers
from cvlabs.checks.task import Case, Grouped
from cvlabs.layers import GroupedConv2D


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


def test_averages_are_found_by_keras_names_and_by_torch_s():
    class Norm(layers.Layer):
        def build(self, shape):
            self.mean = self.add_weight(shape=(2,), name="running_mean")
            self.var = self.add_weight(shape=(2,), name="running_var")

        def call(self, x):
            return (x - self.mean) / keras.ops.sqrt(self.var)

    x = keras.Input((4, 4, 2))
    model = keras.Model(x, Norm()(layers.BatchNormalization()(layers.Conv2D(2, 1)(x))))
    weights.fill(model, 1)
    found = weights.averages(model)
    assert (
        [value.shape for value in found["mean"]] == [value.shape for value in found["variance"]] == [(2,)] * 2
    )
    np.testing.assert_array_equal(*found["mean"])
    assert min(value.min() for value in found["variance"]) > 0.4


def test_the_last_kernels_keep_few_rows_in_whatever_idiom():
    x = keras.Input((2, 2, 5))
    features = layers.Conv2D(20, 1)(x)
    heads = [layers.Dense(7)(layers.Flatten()(features)), layers.Conv2D(7, 2)(features)]
    model = keras.Model(x, heads)
    weights.fill(model, 1)
    before = keras.ops.convert_to_numpy(model.layers[1].kernel)
    weights.keep_few_features(model, {7})
    dense, convolution = (
        keras.ops.convert_to_numpy(v).reshape(80, 7)
        for v in model.weights
        if v.shape[-1] == 7 and len(v.shape) > 1
    )
    np.testing.assert_array_equal(dense, convolution)
    assert np.count_nonzero(dense.any(axis=1)) == 6
    np.testing.assert_array_equal(keras.ops.convert_to_numpy(model.layers[1].kernel), before)


def test_a_quarter_of_gamma_is_negative_and_none_near_zero():
    x = keras.Input((4, 4, 400))
    model = keras.Model(x, layers.BatchNormalization()(x))
    weights.fill(model, 1)
    gamma = keras.ops.convert_to_numpy(model.layers[-1].gamma)
    assert 0.2 < np.mean(gamma < 0) < 0.3
    assert np.abs(gamma).min() > 0.5


def test_states_of_random_generators_are_left_alone():
    x = keras.Input((4,))
    model = keras.Model(x, layers.Dropout(0.5, seed=3)(layers.Dense(2)(x)))
    assert len(weights.weight_variables(model)) == 2
    assert weights.weight_table(model) == {"kernel 4×2": 1, "bias 2": 1}


GROUPED = Grouped(fan_in=3 * 3 * 4, filters=15, groups=3)


def sliced(x, order=(0, 1, 2)):
    width = x.shape[-1] // 3
    made = {
        i: layers.Conv2D(5, 3, padding="same")(x[..., i * width : (i + 1) * width]) for i in order
    }  # in the order of making
    return layers.Concatenate()([made[i] for i in range(3)])


def sliced_from_the_last(x):
    return sliced(x, order=(2, 0, 1))


def one_layer(x):
    return GroupedConv2D(15, 3, padding="same", groups=3)(x)


class GroupsOnAnAxis(keras.Layer):
    """Kernels in one variable groups×3×3×inputs×filters, biases groups×filters; `used` says which serve."""

    def __init__(self, used=(0, 1, 2)):
        super().__init__()
        self.used = used

    def build(self, shape):
        self.kernel = self.add_weight(shape=(3, 3, 3, shape[-1] // 3, 5), name="kernel")
        self.bias = self.add_weight(shape=(3, 5), name="bias")

    def call(self, x):
        parts = zip(keras.ops.split(x, 3, axis=-1), self.used, strict=True)
        maps = [keras.ops.conv(part, self.kernel[i], padding="same") + self.bias[i] for part, i in parts]
        return keras.ops.concatenate(maps, axis=-1)


def one_bias_behind(x):
    parts = keras.ops.split(x, 3, axis=-1)
    maps = [layers.Conv2D(5, 3, padding="same", use_bias=False)(part) for part in parts]
    return OneBias()(keras.ops.concatenate(maps, axis=-1))


class OneBias(keras.Layer):
    def build(self, shape):
        self.bias = self.add_weight(shape=(shape[-1],), name="bias")

    def call(self, x):
        return x + self.bias


IDIOMS = [sliced_from_the_last, one_layer, one_bias_behind, lambda x: GroupsOnAnAxis()(x)]


def grouped_outputs(build, **options):
    case = Case(input_shape=(6, 7, 12), seed=5, grouped=(GROUPED,), **options)
    trial = probe_layers(build, case)
    assert trial["outcome"] == "built", trial
    return decode_array(trial["outputs"][0])


@pytest.mark.parametrize("idiom", IDIOMS)
def test_the_weights_of_all_idioms_are_filled_alike(idiom):
    def counted(build):
        x = keras.Input((6, 7, 12))
        counts = collections.Counter()
        for key, n in weights.weight_table(keras.Model(x, build(x))).items():
            for filling, times in weights.fillings(key, (GROUPED,)).items():
                counts[filling] += n * times
        return counts

    assert counted(idiom) == counted(sliced)
    assert counted(lambda x: layers.Conv2D(15, 3, padding="same")(x)) != counted(sliced)


def test_dense_and_convolution_kernels_are_filled_alike():
    assert weights.fillings("kernel 3×4×5×9") == weights.fillings("kernel 60×9")
    assert weights.fillings("kernel 9×60") != weights.fillings("kernel 60×9")


@pytest.mark.parametrize("key", ["", "kernel", "kernel a×b", "× ×", "kernel 3×", "kernel ²"])
def test_a_stranger_s_weights_are_read_without_an_error(key):
    assert weights.fillings(key, (GROUPED,)).total() == 1


@pytest.mark.parametrize("groups_differ", [False, True])
@pytest.mark.parametrize("idiom", IDIOMS)
def test_a_grouped_convolution_in_one_variable_equals_one_in_slices(idiom, groups_differ):
    np.testing.assert_allclose(
        grouped_outputs(idiom, groups_differ=groups_differ),
        grouped_outputs(sliced, groups_differ=groups_differ),
        rtol=1e-4,
        atol=1e-5,
    )


def test_equal_groups_tell_swapped_and_interleaved_channels():
    def swapped(x):
        return keras.ops.concatenate(keras.ops.split(sliced(x), 3, axis=-1)[::-1], axis=-1)

    def interleaved(x):
        maps = [layers.Conv2D(5, 3, padding="same")(x[..., i::3]) for i in range(3)]
        return layers.Concatenate()(maps)

    for wrong in (swapped, interleaved):
        assert np.abs(grouped_outputs(wrong) - grouped_outputs(sliced)).max() > 0.1


def test_groups_that_differ_tell_a_kernel_that_serves_two_groups():
    def wrong(x):
        return GroupsOnAnAxis(used=(0, 0, 1))(x)

    np.testing.assert_allclose(grouped_outputs(wrong), grouped_outputs(sliced), rtol=1e-4, atol=1e-5)
    difference = grouped_outputs(wrong, groups_differ=True) - grouped_outputs(sliced, groups_differ=True)
    assert np.abs(difference).max() > 0.1
