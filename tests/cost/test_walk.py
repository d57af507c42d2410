"""The walk: what is called, how often, at which size; and that the model stays as it was."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from cvlabs.cost import Work, calculate, cost_of
from tests.models.counting import counts, macs


def small(shape=(16, 16, 3)):
    inputs = keras.Input(shape, name="image")
    x = layers.Conv2D(4, 3, strides=2, padding="same", name="conv")(inputs)
    x = layers.BatchNormalization(name="bn")(x)
    y = layers.Conv2D(4, 3, padding="same", name="branch")(x)
    x = layers.Add(name="add")([x, y])
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(inputs, layers.Dense(5, name="logits")(x), name="small")


def test_calls_come_in_order_with_their_shapes():
    rows = calculate(small()).rows
    assert [row.name for row in rows] == ["image", "conv", "bn", "branch", "add", "pool", "logits"]
    assert [row.kind for row in rows][:3] == ["InputLayer", "Conv2D", "BatchNormalization"]
    assert rows[4].input_shapes == ((8, 8, 4), (8, 8, 4))
    assert rows[5].output_shapes == ((4,),)
    assert (rows[2].params, rows[2].bn_statistics) == (8, 8)


def test_a_shared_layer_has_its_parameters_once_and_works_per_call():
    shared = layers.Conv2D(3, 3, padding="same", name="shared")
    inputs = keras.Input((6, 6, 3))
    model = keras.Model(inputs, shared(shared(shared(inputs))))
    calls = [row for row in calculate(model).rows if row.name == "shared"]
    assert [row.params for row in calls] == [84, 0, 0]
    assert [row.macs for row in calls] == [6 * 6 * 3 * 3 * 9] * 3
    assert calculate(model).total.params == model.count_params()


def test_a_nested_model_is_looked_into_and_shared_like_a_layer():
    tower = small((16, 16, 3))
    left, right = keras.Input((16, 16, 3)), keras.Input((16, 16, 3))
    siamese = keras.Model([left, right], layers.Subtract()([tower(left), tower(right)]))
    one, two = calculate(tower), calculate(siamese)
    assert two.total.macs == 2 * one.total.macs
    assert two.total.params == one.total.params
    assert two.total.bn_statistics == one.total.bn_statistics
    assert [row.name for row in two.rows].count("small/conv") == 2
    assert not any(row.kind == "Functional" for row in two.rows)


def test_sequential_inside_of_sequential():
    inner = keras.Sequential([layers.Conv2D(4, 3, name="a"), layers.ReLU(name="b")], name="inner")
    outer = keras.Sequential([keras.Input((8, 8, 3)), inner, layers.Flatten(name="c"), layers.Dense(2)])
    rows = calculate(outer).rows
    assert [row.name for row in rows][1:4] == ["inner/a", "inner/b", "c"]
    assert sum(row.macs or 0 for row in rows) == 36 * 4 * 27 + 144 * 2


def test_parts_that_do_not_lead_to_an_output_are_left_out():
    model = small()
    part = keras.Model(model.input, model.get_layer("add").output)
    assert [row.name for row in calculate(part).rows][-1] == "add"


def test_several_outputs_and_inputs():
    a, b = keras.Input((4, 4, 2), name="a"), keras.Input((3,), name="b")
    model = keras.Model({"a": a, "b": b}, [layers.Conv2D(2, 3)(a), layers.Dense(4)(b)])
    assert calculate(model).total.macs == 4 * 2 * 18 + 12
    assert calculate(model, [(6, 6, 2), (3,)]).total.macs == 16 * 2 * 18 + 12
    with pytest.raises(ValueError, match=r"has 2 inputs, got 1 shapes"):
        calculate(model, (6, 6, 2))


class Transposed(layers.Layer):
    """The decoder of an autoencoder whose weights are the encoder's."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def call(self, x):
        return ops.matmul(x, ops.transpose(self.encoder.kernel))


@cost_of.register
def _(layer: Transposed, inputs, outputs):
    return Work(macs=inputs[0][-1] * outputs[0][-1])


def test_tied_variables_count_once():
    inputs = keras.Input((5,))
    encoder = layers.Dense(4, use_bias=False)
    model = keras.Model(inputs, Transposed(encoder)(encoder(inputs)))
    total = calculate(model).total
    assert (total.params, total.macs) == (20, 40)
    assert total.params == model.count_params()


def test_frozen_layers_are_parameters_still():
    model = small()
    before = calculate(model).total
    model.trainable = False
    after = calculate(model)
    assert after.total == before
    assert after.training_bytes(1).gradients == 0


def state_of(model):
    return (
        [layer.name for layer in model.layers],
        [len(layer._inbound_nodes) for layer in model.layers],
        [len(layer._outbound_nodes) for layer in model.layers],
        [w.tolist() for w in model.get_weights()],
        [layer.trainable for layer in model.layers],
        model.input_shape,
    )


@pytest.mark.parametrize("input_shape", [None, (24, 20, 3)])
def test_the_model_stays_as_it_was(input_shape):
    model = small()
    before = state_of(model)
    calculate(model, input_shape)
    assert state_of(model) == before


def with_operations(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(8, 3, strides=2, padding="same")(inputs)
    x = ops.relu(x) + ops.mean(x, axis=(1, 2), keepdims=True)
    x = layers.Concatenate()([x, layers.MaxPooling2D(3, 1, padding="same")(x)])
    return keras.Model(inputs, layers.Dense(3)(layers.GlobalMaxPooling2D()(x)))


@pytest.mark.parametrize("build", [small, with_operations])
def test_another_input_shape_gives_what_a_model_built_for_it_gives(build):
    traced, built = calculate(build((16, 16, 3)), (33, 20, 3)), calculate(build((33, 20, 3)))
    assert traced.total == built.total
    assert [row.output_shapes for row in traced.rows] == [row.output_shapes for row in built.rows]
    assert [row.macs for row in traced.rows] == [row.macs for row in built.rows]


def test_networks_of_cvlabs_can_be_traced_at_another_size():
    from cvlabs.factory import build_abstract

    for name in ("shufflenet_v2_x0_5", "squeezenet1_1"):
        traced = calculate(build_abstract(name), (192, 192, 3))
        assert traced.total == calculate(name, (192, 192, 3)).total


def test_nested_models_can_be_traced_at_another_size():
    inner = small((16, 16, 3))
    inputs = keras.Input((16, 16, 3))
    outer = keras.Model(inputs, layers.Rescaling(1 / 255)(inner(inputs)))
    assert calculate(outer, (32, 32, 3)).total.macs == calculate(small((32, 32, 3))).total.macs


def test_a_dense_layer_on_flattened_maps_cannot_take_another_size():
    inputs = keras.Input((8, 8, 3))
    model = keras.Model(inputs, layers.Dense(4, name="fc")(layers.Flatten()(inputs)))
    with pytest.raises(ValueError, match=r"fc cannot take inputs of shape \(300,\): .*Build the model"):
        calculate(model, (10, 10, 3))


def test_unknown_sizes_are_an_error_that_names_the_remedy():
    model = small((None, None, 3))
    with pytest.raises(ValueError, match=r"image: the size \?×\?×3 is not known.*input_shape="):
        calculate(model)
    assert calculate(model, (16, 16, 3)).total == calculate(small()).total


def test_a_fixed_batch_size_does_not_multiply():
    inputs = keras.Input((8, 8, 3), batch_size=16)
    model = keras.Model(inputs, layers.Dense(2)(layers.Flatten()(layers.Conv2D(4, 3)(inputs))))
    assert calculate(model).total.macs == 36 * 4 * 27 + 144 * 2


def test_a_sequential_model_that_is_not_built():
    model = keras.Sequential([layers.Conv2D(4, 3), layers.GlobalAveragePooling2D()])
    with pytest.raises(ValueError, match=r"not built yet: pass input_shape"):
        calculate(model)
    assert calculate(model, (8, 8, 3)).total.macs == 36 * 4 * 27
    assert not model.built


@pytest.mark.parametrize("layer", [layers.Lambda(lambda x: x), layers.Conv2D(4, 3)])
@pytest.mark.filterwarnings("ignore:The object being serialized includes a `lambda`")
def test_a_sequential_model_that_cannot_be_built(layer):
    model = keras.Sequential([layer], name="mine")
    with pytest.raises(
        ValueError, match=r"^mine is not built yet, .* input_shape=\(4,\): .* call the model once"
    ):
        calculate(model, (4,))


def test_quantized_weights_are_parameters():
    model = keras.Sequential([keras.Input((8,)), layers.Dense(6), layers.BatchNormalization()])
    model.quantize("int8", filters="dense")
    total = calculate(model).total
    assert total.bn_statistics == 2 * 6
    assert total.params == model.count_params() - 2 * 6
    assert total.params == 8 * 6 + 6 + 6 + 2 * 6  # kernel, its scales, bias; scale and centre


def test_a_subclassed_model_is_an_error():
    class Mine(keras.Model):
        def call(self, x):
            return x

    with pytest.raises(ValueError, match=r"is a Mine, whose layers cannot be listed without running it"):
        calculate(Mine())
    inputs = keras.Input((3,))
    with pytest.raises(ValueError, match=r"is a Mine, whose layers"):
        calculate(keras.Model(inputs, Mine()(inputs)))


def test_a_random_walk_agrees_with_the_counting_oracle():
    generator = np.random.default_rng(0)
    for _ in range(5):
        inputs = x = keras.Input((12, 11, 4))
        for _ in range(6):
            filters, size, groups = 4 * generator.integers(1, 4), int(generator.integers(1, 4)), 2
            x = layers.Conv2D(int(filters), size, padding="same", groups=groups)(x)
            x = layers.BatchNormalization()(layers.DepthwiseConv2D(size, padding="same")(x))
        model = keras.Model(inputs, layers.Dense(3)(x))
        total = calculate(model).total
        assert (total.params, total.bn_statistics) == counts(model)
        assert total.macs == macs(model)
