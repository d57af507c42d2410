"""Formulas against counting: with all weights and inputs 1, the sum of outputs is the number of products."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from cvlabs import preprocessing
from cvlabs.cost import Work, calculate, cost_of, values
from cvlabs.factory import build_abstract

LINEAR = [
    (layers.Conv1D(3, 4, use_bias=False), (9, 2)),
    (layers.Conv2D(5, 3, use_bias=False), (6, 7, 3)),
    (layers.Conv2D(5, (3, 1), strides=(2, 1), use_bias=False), (7, 4, 2)),
    (layers.Conv2D(4, 3, dilation_rate=2, use_bias=False), (8, 7, 3)),
    (layers.Conv2D(6, 3, groups=2, use_bias=False), (5, 6, 4)),
    (layers.Conv3D(2, 2, use_bias=False), (3, 4, 5, 2)),
    (layers.DepthwiseConv1D(3, depth_multiplier=2, use_bias=False), (8, 2)),
    (layers.DepthwiseConv2D(3, strides=2, depth_multiplier=2, use_bias=False), (7, 8, 3)),
    (layers.Conv1DTranspose(3, 3, strides=2, use_bias=False), (5, 2)),
    (layers.Conv2DTranspose(3, 3, strides=2, use_bias=False), (4, 5, 2)),
    (layers.Conv2DTranspose(2, 2, strides=1, use_bias=False), (4, 5, 3)),
    (layers.Conv3DTranspose(2, 2, strides=2, use_bias=False), (2, 3, 2, 2)),
    (layers.Dense(7, use_bias=False), (5,)),
    (layers.Dense(6, use_bias=False), (2, 2, 4)),
    (layers.EinsumDense("abc,cd->abd", output_shape=(3, 6)), (3, 4)),
    (layers.EinsumDense("ab,bcd->acd", output_shape=(3, 2)), (5,)),
    (layers.EinsumDense("abc,bcd->ad", output_shape=(6,)), (3, 4)),
    (layers.TimeDistributed(layers.Dense(3, use_bias=False)), (4, 5)),
    (layers.TimeDistributed(layers.Conv2D(3, 2, use_bias=False)), (2, 4, 5, 3)),
]


def products(model):
    """The sum of the outputs for images of ones."""
    outputs = model([np.ones((1, *x.shape[1:]), "float32") for x in model.inputs])
    return sum(float(ops.sum(x)) for x in keras.tree.flatten(outputs))


def filled_with_ones(model):
    model.set_weights([np.ones(w.shape, "float32") for w in model.get_weights()])
    return model


def model_of(function, *shapes):
    inputs = [keras.Input(shape) for shape in shapes]
    return keras.Model(inputs, function(*inputs))


@pytest.mark.parametrize(("layer", "shape"), LINEAR, ids=lambda x: getattr(x, "name", str(x)))
def test_multiply_adds_are_the_products_of_a_layer(layer, shape):
    model = filled_with_ones(model_of(layer, shape))
    total = calculate(model, convention="macs").total
    assert total.macs == products(model) > 0
    assert total.params == sum(w.size for w in model.get_weights())


KERNEL = np.ones((3, 3, 2, 4), "float32")
OPERATIONS = {
    "matmul by a constant": (lambda x: ops.matmul(x, np.ones((4, 5), "float32")), (3, 4)),
    "matmul of two": (lambda x, y: ops.matmul(x, y), (3, 4), (4, 5)),
    "operator": (lambda x, y: x @ y, (2, 3, 4), (2, 4, 5)),
    "einsum": (lambda x, y: ops.einsum("bij,bkj->bik", x, y), (3, 4), (5, 4)),
    "einsum by a constant": (lambda x: ops.einsum("bij,jk->bik", x, np.ones((4, 5), "float32")), (3, 4)),
    "conv": (lambda x: ops.conv(x, KERNEL, strides=2), (7, 7, 2)),
    "depthwise": (lambda x: ops.depthwise_conv(x, np.ones((3, 3, 2, 2), "float32")), (5, 6, 2)),
    "dot": (lambda x, y: layers.Dot(axes=(2, 1))([x, y]), (3, 4), (4, 5)),
    "reversed embedding": (
        lambda x: layers.ReversibleEmbedding(5, 4, embeddings_initializer="ones")(x, reverse=True),
        (3, 4),
    ),
    "dot of one axis": (lambda x, y: layers.Dot(axes=1)([x, y]), (4,), (4,)),
}


@pytest.mark.parametrize("case", OPERATIONS)
def test_multiply_adds_are_the_products_of_an_operation(case):
    function, *shapes = OPERATIONS[case]
    model = model_of(function, *shapes)
    assert calculate(model, convention="macs").total.macs == products(model) > 0


@pytest.mark.parametrize("strides", [1, 2])
@pytest.mark.parametrize("cls", [layers.Conv2D, layers.DepthwiseConv2D])
def test_padding_is_counted_like_zeros_that_are_there(cls, strides):
    arguments = {"kernel_size": 3, "strides": strides} | ({"filters": 4} if cls is layers.Conv2D else {})
    same = keras.Sequential([keras.Input((7, 5, 3)), cls(padding="same", **arguments)])
    there = keras.Sequential([keras.Input((7, 5, 3)), layers.ZeroPadding2D(1), cls(**arguments)])
    assert calculate(same).total.macs == calculate(there).total.macs


@pytest.mark.parametrize("cls", [layers.SeparableConv1D, layers.SeparableConv2D])
def test_a_separable_convolution_costs_its_two_parts(cls):
    one = cls is layers.SeparableConv1D
    shape = (9, 3) if one else (9, 8, 3)
    depthwise, pointwise = (
        (layers.DepthwiseConv1D, layers.Conv1D) if one else (layers.DepthwiseConv2D, layers.Conv2D)
    )
    together = model_of(cls(5, 3, strides=2, depth_multiplier=2, padding="same"), shape)
    apart = model_of(
        lambda x: pointwise(5, 1)(
            depthwise(3, strides=2, depth_multiplier=2, padding="same", use_bias=False)(x)
        ),
        shape,
    )
    for convention in ("macs", "flops"):
        a, b = (calculate(model, convention=convention).total for model in (together, apart))
        assert (a.params, a.macs, a.activation_bytes) == (b.params, b.macs, b.activation_bytes)


def test_cropped_edges_of_a_transposed_convolution_count():
    same, valid = (
        calculate(model_of(layers.Conv2DTranspose(3, 3, strides=2, padding=p), (4, 5, 2))).total.macs
        for p in ("same", "valid")
    )
    assert same == valid == 4 * 5 * 2 * 3 * 9


def flops(layer, *shapes):
    model = model_of(lambda *x: layer(list(x) if len(x) > 1 else x[0]), *shapes)
    return calculate(model, convention="flops").total.macs


def test_operations_on_values():
    shape, size = (4, 6, 3), 4 * 6 * 3
    assert flops(layers.ReLU(), shape) == size
    assert flops(layers.Activation("linear"), shape) == 0
    assert flops(layers.Activation("softmax"), shape) == flops(layers.Softmax(), shape) == 3 * size
    assert flops(layers.BatchNormalization(), shape) == flops(layers.Rescaling(2.0), shape) == 2 * size
    assert flops(layers.Add(), shape, shape, shape) == 2 * size
    assert flops(layers.Multiply(), shape, shape) == size
    assert flops(layers.Concatenate(), shape, shape) == flops(layers.Flatten(), shape) == 0
    assert flops(layers.MaxPooling2D(2), shape) == size
    assert flops(layers.AveragePooling2D(3, 1, padding="same"), shape) == 9 * size
    assert flops(layers.GlobalAveragePooling2D(), shape) == size
    assert flops(layers.Dropout(0.5), shape) == 0
    assert flops(layers.UpSampling2D(2), shape) == 0
    assert flops(layers.UpSampling2D(2, interpolation="bilinear"), shape) == 4 * 4 * size


def test_bias_and_activation_in_a_layer_cost_what_they_cost_outside():
    inside = model_of(layers.Conv2D(5, 3, activation="relu"), (6, 6, 2))
    bare = calculate(model_of(layers.Conv2D(5, 3, use_bias=False), (6, 6, 2)), convention="flops").total
    outputs = 4 * 4 * 5
    total = calculate(inside, convention="flops").total
    assert total.macs == bare.macs + 2 * outputs
    assert bare.macs == 2 * outputs * 9 * 2


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x + 1,
        lambda x: ops.relu(x) * 2.0 - x,
        lambda x: keras.activations.relu(x) / 3,
        lambda x: ops.softmax(ops.mean(x, axis=(1, 2))),
        lambda x: ops.concatenate([x, ops.transpose(x, (0, 2, 1, 3))]),
        lambda x: ops.reshape(x[:, ::2], (-1, 2 * 4 * 3)),
        lambda x: ops.max_pool(ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))), 3, 2),
        lambda x: ops.average_pool(ops.image.resize(x, (8, 8)), 2, 2),
        lambda x: ops.cast(ops.silu(x), "float16"),
    ],
)
def test_operations_are_listed_and_counted(function):
    cost = calculate(model_of(function, (4, 4, 3)), convention="flops")
    assert len(cost.rows) > 1
    assert all(row.macs is not None for row in cost.rows[1:])
    assert cost.under("macs").total.macs == 0


def test_an_unknown_operation_is_an_error_that_names_it():
    model = model_of(lambda x: ops.cumsum(x, axis=1), (4,))
    with pytest.raises(ValueError, match=r"cumsum\w*: no formula is known for keras\.Cumsum"):
        calculate(model)


def test_an_einsum_with_more_operands_is_an_error():
    model = model_of(lambda x, y, z: ops.einsum("bi,bj,bk->bijk", x, y, z), (2,), (3,), (4,))
    with pytest.raises(ValueError, match=r"'bi,bj,bk->bijk' is counted only with two operands"):
        calculate(model)


def test_augmentation_does_nothing_at_inference():
    image = np.random.default_rng(0).uniform(size=(2, 8, 8, 3)).astype("float32")
    for layer in (layers.RandomErasing(), layers.RandomHue(0.5), layers.RandAugment(), layers.CutMix()):
        np.testing.assert_array_equal(layer(image, training=False), image)
        assert flops(layer, (8, 8, 3)) == 0
    assert flops(layers.RandomCrop(4, 6), (8, 8, 3)) == 0


def test_a_pipeline_costs_what_its_layers_cost():
    apart = model_of(lambda x: layers.Rescaling(2.0)(layers.Resizing(6, 5)(x)), (9, 8, 3))
    together = model_of(layers.Pipeline([layers.Resizing(6, 5), layers.Rescaling(2.0)]), (9, 8, 3))
    (work,) = (call.work for call in calculate(together).calls[1:])
    assert work.elementwise == sum(call.work.elementwise for call in calculate(apart).calls) > 0
    assert work.inner == 6 * 5 * 3


def test_a_network_behind_its_preprocessing_is_counted():
    network = build_abstract("resnet20_cifar")
    inputs = keras.Input((None, None, 3))
    model = keras.Model(inputs, network(preprocessing("resnet18", 32)(inputs)))
    assert calculate(model, (50, 40, 3)).total.macs == calculate(network).total.macs


def test_a_model_at_each_step_is_told_to_be_counted_alone():
    frames = keras.Input((5, 8, 8, 3))
    each = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3)], name="each")
    model = keras.Model(frames, layers.TimeDistributed(each, name="steps")(frames))
    with pytest.raises(ValueError, match=r"calls the model 'each' at each of 5 steps") as error:
        calculate(model)
    assert "cvlabs.cost(model.get_layer('steps').layer)" in str(error.value)
    assert calculate(model.get_layer("steps").layer).total.macs == 6 * 6 * 4 * 27


def test_unknown_steps_are_asked_for_as_steps():
    frames = keras.Input((None, 8, 8, 3))
    model = keras.Model(frames, layers.TimeDistributed(layers.Conv2D(4, 3))(frames))
    with pytest.raises(
        ValueError, match=r"\?×8×8×3 is not known, .* a number in place of each question mark"
    ):
        calculate(model)
    assert calculate(model, (5, 8, 8, 3)).total.macs == 5 * 6 * 6 * 4 * 27


class Unknown(layers.Layer):
    def call(self, x):
        return x


class Registered(layers.Layer):
    def call(self, x):
        return 2 * x


@cost_of.register
def _(layer: Registered, inputs, outputs):
    return Work(elementwise=values(*outputs))


def test_an_unknown_layer_is_an_error_that_says_how_to_register_it():
    model = model_of(Unknown(name="mystery"), (4,))
    with pytest.raises(ValueError, match=r"mystery: no formula .* @cvlabs\.cost\.cost_of\.register"):
        calculate(model)


def test_a_registered_layer_is_counted():
    assert calculate(model_of(Registered(), (4, 5)), convention="flops").total.macs == 20


def test_a_subclass_takes_its_parents_formula():
    class Mine(layers.Conv2D):
        pass

    model, parent = (model_of(cls(4, 3), (5, 5, 2)) for cls in (Mine, layers.Conv2D))
    assert calculate(model).total.macs == calculate(parent).total.macs > 0


def test_channels_may_come_first():
    # Symbolically only: TensorFlow cannot run it on CPU.
    first = model_of(layers.Conv2D(6, 3, groups=2, data_format="channels_first"), (4, 8, 9))
    last = model_of(layers.Conv2D(6, 3, groups=2), (8, 9, 4))
    assert calculate(first).total == calculate(last).total
