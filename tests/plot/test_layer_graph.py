from itertools import pairwise

import keras
import pytest
from keras import layers

from cvlabs.plot import layer_graph
from cvlabs.plot.layer_graph import MOST_LAYERS, _graph, _operations, _places, describe


def inception(x):
    branches = [
        layers.Conv2D(2, 1)(x),
        layers.Conv2D(2, 3, padding="same")(layers.Conv2D(2, 1)(x)),
        layers.Conv2D(2, 1)(layers.MaxPooling2D(3, strides=1, padding="same")(x)),
    ]
    return layers.Concatenate()(branches)


def model_of(function, shape=(8, 8, 3)):
    x = keras.Input(shape)
    return keras.Model(x, function(x))


def texts(figure):
    return [text.get_text() for axis in figure.axes for text in axis.texts if text.get_text()]


def test_a_box_for_each_layer_with_its_output_shape(figures):
    layer_graph(inception, (8, 8, 3), title="mine")
    (figure,) = figures
    assert figure.axes[0].get_title() == "mine"
    assert texts(figure)[:2] == ["Input", "8×8×3"]
    assert texts(figure)[-2:] == ["Concat", "8×8×6"]
    assert texts(figure).count("Conv 1×1") == 3


def test_branches_stand_side_by_side_in_the_order_of_their_join():
    model = model_of(inception)
    nodes, edges = _graph(_operations(model))
    places, _ = _places(list(nodes), edges)
    of = {nodes[node].name: place for node, place in places.items()}
    last = [tensor._keras_history.operation.name for tensor in model.layers[-1].input]
    columns = [of[name][0] for name in last]
    assert columns == sorted(set(columns))


@pytest.mark.parametrize("function", [inception, lambda x: layers.Add()([layers.Conv2D(3, 1)(x), x])])
def test_every_arrow_goes_down_and_no_two_boxes_touch(function):
    nodes, edges = _graph(_operations(model_of(function)))
    places, ways = _places(list(nodes), edges)
    assert all(places[start][1] < places[end][1] for start, end in edges)
    assert set(ways) == set(edges)
    by_row = {}
    for column, row in places.values():
        by_row.setdefault(row, []).append(column)
    for columns in by_row.values():
        columns.sort()
        assert all(b - a >= 1 for a, b in pairwise(columns))


def test_an_arrow_that_skips_rows_passes_beside_the_boxes():
    nodes, edges = _graph(_operations(model_of(lambda x: layers.Add()([layers.Conv2D(3, 1)(x), x]))))
    places, ways = _places(list(nodes), edges)
    (shortcut,) = [way for way in ways.values() if len(way) > 2]
    boxes = list(places.values())
    assert all(min(abs(c - x) for c, r in boxes if r == y) >= 1 for x, y in shortcut[1:-1])


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (layers.Conv2D(4, 7, strides=2, activation="relu"), "Conv 7×7 /2, ReLU"),
        (layers.Conv2D(4, (1, 3), activation="tanh"), "Conv 1×3, tanh"),
        (layers.MaxPooling2D(3, strides=2), "MaxPool 3×3 /2"),
        (layers.GlobalAveragePooling2D(), "GlobalAveragePool"),
        (layers.Dense(10), "Dense"),
        (layers.InputLayer((3,)), "Input"),
    ],
)
def test_layers_are_named_as_in_papers(layer, text):
    assert describe(layer) == text


def test_sequential_and_nested_models(figures):
    inner = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(2, 1), layers.ReLU()], name="inner")
    layer_graph(inner)
    layer_graph(lambda x: layers.Flatten()(inner(x)), (8, 8, 3))
    assert "Conv 1×1" in texts(figures[0])
    assert "Sequential" in texts(figures[1])
    assert "128" in texts(figures[1])


def test_keras_ops_and_a_layer_called_twice(figures):
    twice = layers.Conv2D(3, 1)
    layer_graph(lambda x: keras.ops.relu(twice(twice(x))) + 1, (4, 4, 3))
    assert any(text.startswith("Conv") for text in texts(figures[0]))


def test_a_long_model_is_cut_and_says_so(figures):
    deep = keras.Sequential([keras.Input((4,)), *(layers.ReLU() for _ in range(MOST_LAYERS + 5))])
    layer_graph(deep)
    assert texts(figures[0]).count("ReLU") == MOST_LAYERS
    assert "5 more" in figures[0].axes[0].get_title()


def test_a_function_that_is_not_written_or_raises_costs_a_line(figures, capfd):
    def stem(x):
        raise NotImplementedError

    layer_graph(stem, (8, 8, 3))
    layer_graph(lambda x: layers.Conv2D(2, 99)(x), (8, 8, 3))
    layer_graph(lambda x: None, (8, 8, 3))
    assert not figures
    out, err = capfd.readouterr()
    first, second, third = out.splitlines()
    assert first == "No figure yet: stem is not written."
    assert "raised ValueError. Its check says more." in second
    assert third.startswith("No figure yet: a function in this cell raised")
    assert err == ""


@pytest.mark.parametrize("model", [keras.Sequential(), layers.ReLU(), None, "a model"])
def test_what_has_no_graph_costs_a_line(figures, capfd, model):
    layer_graph(model)
    assert not figures
    assert capfd.readouterr().out.startswith(f"No figure yet: {type(model).__name__} is no functional")
