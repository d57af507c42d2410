"""The graph of a model: names, order, tensors; and its layers called on other tensors."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from cvlabs.graph import follow, graph_of, producer, unroll


def nested():
    """A model with a shared layer, an operation, and a model that is called twice."""
    x = keras.Input((6, 6, 3), name="x")
    shared = layers.Conv2D(3, 3, padding="same", name="shared")
    inner = keras.Sequential([layers.Dense(3, name="dense"), layers.ReLU(name="relu")], name="inner")
    y = inner(shared(shared(x)))
    return keras.Model(x, [inner(y) + x, ops.mean(y, axis=(1, 2))])


def test_calls_stand_in_order_with_the_names_of_the_models_around_them():
    names = [call.name for call in unroll(nested()).calls]
    assert names[:4] == ["shared", "shared", "inner/dense", "inner/relu"]
    assert names.count("inner/dense") == names.count("inner/relu") == 2
    assert len(names) == 8


def test_tensors_are_those_of_the_model_that_is_asked():
    model = nested()
    model(keras.Input((6, 6, 3)))  # another call of the same layers
    graph = unroll(model)
    made = {id(x) for x in graph.inputs}
    for call in graph.calls:
        assert {id(x) for x in call.inputs} <= made
        assert all(graph.maker(x) is call for x in call.outputs)
        assert all(call in graph.readers(x) for x in call.inputs)
        made |= {id(x) for x in call.outputs}
    assert {id(x) for x in graph.outputs} <= made
    assert graph.maker(graph.inputs[0]) is None
    assert producer(graph.inputs[0]) is model.get_layer("x")


def test_unrolled_models_compute_the_same_of_their_own_inputs_and_of_others():
    model, image = nested(), np.random.default_rng(0).normal(size=(2, 6, 6, 3)).astype("float32")
    new = keras.Input((6, 6, 3))
    for graph in (unroll(model), unroll(model, [new])):
        flat = keras.Model(graph.inputs, graph.outputs)
        assert not any(isinstance(layer, keras.Model) for layer in flat.layers)
        for one, other in zip(flat([image]), model(image), strict=True):
            np.testing.assert_array_equal(one, other)


def test_a_model_inside_of_the_same_input_tensor_takes_what_it_is_called_with():
    x = keras.Input((4,), name="x")
    inner = keras.Model(x, layers.Dense(4, name="d")(x), name="inner")
    model = keras.Model(x, layers.Add(name="add")([inner(layers.ReLU(name="relu")(x)), x]))
    paths = follow(graph_of(model), ["x"], lambda name, node, known: [name], inside=lambda layer: None)
    assert paths == ["add"]
    values = follow(
        graph_of(model),
        ["x"],
        lambda name, node, known: [f"{name}({', '.join(known[id(t)] for t in node.input_tensors)})"],
    )
    assert values == ["add(inner/d(relu(x)), x)"]


class Own(keras.Model):
    def call(self, x):
        return x


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (Own(), "Expected a functional or Sequential Keras model, got Own"),
        (keras.Sequential([layers.Dense(3)]), "got a Sequential model that is not built: call it once"),
        ("resnet18", r"got str: cvlabs\.create_model\('resnet18'\) builds one"),
        (None, "got NoneType"),
    ],
)
def test_what_has_no_graph(model, message):
    with pytest.raises(ValueError, match=message):
        graph_of(model)
