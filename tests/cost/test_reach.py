"""Receptive fields and strides, against gradients and against published ones."""

from fractions import Fraction

import keras
import numpy as np
import pytest
from keras import layers, ops

from cvlabs.cost import calculate

# Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019, table.
PUBLISHED = {
    "alexnet_owt": ("pool5", 195, 32),
    "vgg16": ("pool5", 212, 32),
    "mobilenet": (None, 315, 32),
    "inception_v3": (None, 1311, 32),
    "inception_v4": (None, 2071, 32),
    "inception_resnet_v2": (None, 3039, 32),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_fields_are_the_published_ones(name):
    layer, field, stride = PUBLISHED[name]
    rows = [row for row in calculate(name).rows if row.receptive_field]
    row = next(row for row in rows if row.name == layer) if layer else rows[-1]
    assert row.receptive_field == (field, field)
    assert row.stride == (stride, stride)


def ones(cls, *args, **options):
    return cls(*args, **({"kernel_initializer": "ones", "use_bias": False} | options))


STACKS = {
    "strides": lambda x: ones(layers.Conv2D, 1, 3, strides=2)(ones(layers.Conv2D, 1, (5, 2), strides=2)(x)),
    "dilation": lambda x: ones(layers.Conv2D, 1, 3, dilation_rate=3)(ones(layers.Conv2D, 1, 2)(x)),
    "pooling": lambda x: ones(layers.Conv2D, 1, 3)(layers.AveragePooling2D(3, 2)(x)),
    "branches": lambda x: layers.Add()(
        [
            ones(layers.Conv2D, 1, 3, strides=2, padding="same")(x),
            layers.AveragePooling2D(7, 2, padding="same")(ones(layers.Conv2D, 1, 1)(x)),
        ]
    ),
    "up": lambda x: ones(layers.Conv2D, 1, 3)(layers.UpSampling2D(2)(layers.AveragePooling2D(2)(x))),
    "transposed": lambda x: ones(layers.Conv2DTranspose, 1, 4, strides=2)(
        ones(layers.Conv2D, 1, 3, strides=2)(x)
    ),
}


@pytest.mark.parametrize("case", STACKS)
def test_fields_are_where_gradients_come_from(case):
    tf = pytest.importorskip("tensorflow")
    inputs = keras.Input((41, 37, 1))
    model = keras.Model(inputs, STACKS[case](inputs))
    image = tf.ones((1, 41, 37, 1))
    seen = []
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(image)
        outputs = model(image)
        middle = [n // 2 for n in outputs.shape[1:3]]
        places = [outputs[0, middle[0] + i, middle[1] + j, 0] for i in range(2) for j in range(2)]
    for place in places:  # after an up-sampling neighbours see differently much
        gradient = ops.convert_to_numpy(tape.gradient(place, image))[0, :, :, 0]
        rows, columns = np.nonzero(gradient)
        seen.append((int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1))
    found = calculate(model).rows[-1].receptive_field
    assert found == tuple(max(sizes) for sizes in zip(*seen, strict=True))


def rows_of(function, shape=(16, 16, 4)):
    inputs = keras.Input(shape)
    return calculate(keras.Model(inputs, function(inputs))).rows


def test_strides_multiply_and_divide():
    rows = rows_of(lambda x: layers.UpSampling2D(4)(layers.Conv2D(2, 3, strides=2)(x)))
    assert [row.stride for row in rows] == [(1, 1), (2, 2), (Fraction(1, 2),) * 2]


def test_after_global_pooling_or_flattening_all_of_the_image_is_seen():
    for layer in (layers.GlobalAveragePooling2D(), layers.Flatten(), layers.GlobalMaxPooling2D()):
        rows = rows_of(lambda x, layer=layer: layers.Dense(3)(layer(layers.Conv2D(2, 3)(x))))
        assert rows[1].receptive_field == (3, 3)
        assert [(row.receptive_field, row.stride) for row in rows[2:]] == [(None, None)] * 2


def test_a_gate_sees_all_of_the_image_and_keeps_the_stride():
    def gated(x):
        x = layers.Conv2D(4, 3, strides=2)(x)
        return layers.Multiply()([x, layers.GlobalAveragePooling2D(keepdims=True)(x)])

    row = rows_of(gated)[-1]
    assert (row.receptive_field, row.stride) == (None, (2, 2))


def test_each_step_of_a_sequence_sees_what_the_layer_sees():
    rows = rows_of(layers.TimeDistributed(layers.Conv2D(2, 3, strides=2)), (5, 16, 16, 4))
    assert (rows[-1].receptive_field, rows[-1].stride) == ((1, 3, 3), (1, 2, 2))
    for layer in (layers.GlobalAveragePooling2D(), layers.Flatten()):
        row = rows_of(layers.TimeDistributed(layer), (5, 16, 16, 4))[-1]
        assert (row.receptive_field, row.stride) == (None, None)


def test_a_product_of_two_tensors_mixes_their_places():
    rows = rows_of(lambda x: x @ ops.transpose(x, (0, 2, 1)) @ x, (6, 4))
    assert [row.receptive_field for row in rows if row.kind == "Matmul"] == [None, None]


JOINING = {
    "normalization of a place": layers.LayerNormalization(),
    "normalization of a map": layers.LayerNormalization(axis=[1, 2]),
    "root mean square of a place": layers.RMSNormalization(),
    "root mean square of all places": layers.RMSNormalization(axis=[1, 2]),
    "unit vectors of places": layers.UnitNormalization(axis=2),
    "unit vectors of channels": layers.UnitNormalization(axis=1),
    "softmax of a place": layers.Softmax(),
    "softmax of a channel": layers.Softmax(axis=1),
    "operation on a place": lambda x: ops.softmax(x, axis=2),
    "operation on a channel": lambda x: ops.softmax(x, axis=1),
    "product with a place": layers.EinsumDense("abc,cd->abd", (4, 5)),
    "product with a channel": layers.EinsumDense("abc,bd->adc", (4, 3)),
    "product of places": lambda x: layers.Dot(2)([x, x]),
}


@pytest.mark.parametrize("case", JOINING)
def test_what_joins_places_sees_all_of_the_image(case):
    inputs = keras.Input((4, 3))
    model = keras.Model(inputs, JOINING[case](inputs))
    x = np.random.default_rng(0).uniform(1, 2, (1, 4, 3)).astype("float32")
    elsewhere = x.copy()
    elsewhere[0, 3] += [1, 3, 2]
    one, other = (ops.convert_to_numpy(model(images))[0, 0] for images in (x, elsewhere))
    field = calculate(model).rows[-1].receptive_field
    assert field == ((1,) if np.allclose(one, other) else None)


def test_dense_layers_on_maps_see_one_place():
    assert rows_of(layers.Dense(3))[-1].receptive_field == (1, 1)


def test_other_ranks():
    assert rows_of(layers.Conv1D(2, 5, strides=2), (20, 3))[-1].receptive_field == (5,)
    assert rows_of(layers.MaxPooling3D(2), (8, 8, 8, 1))[-1].stride == (2, 2, 2)
    assert rows_of(layers.Dense(2), (5,))[-1].receptive_field == ()
