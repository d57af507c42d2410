import keras
import pytest
from keras import layers

from cvlabs.plot import profile


def network(classes=3):
    x = keras.Input((4, 4, 2))
    return keras.Model(x, layers.Dense(classes, name="logits")(layers.Flatten()(layers.Conv2D(5, 1)(x))))


def test_parameters_and_output_sizes_layer_by_layer(figures):
    model = network()
    profile(model, title="mine")
    top, bottom = figures[0].axes
    assert [bar.get_height() for bar in top.patches] == [(2 + 1) * 5, 0, (80 + 1) * 3]
    assert list(bottom.lines[0].get_ydata()) == [80, 80, 3]
    assert top.get_title() == f"mine: {model.count_params()} parameters in 3 layers"
    assert [text.get_text() for text in top.texts] == ["logits"]


def test_of_a_function_with_arguments(figures):
    profile(network, classes=7)
    assert figures[0].axes[0].patches[2].get_height() == (80 + 1) * 7


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (None, "a function in this cell returned None."),
        ("a model", "this is str, not a Keras model."),
        (keras.Sequential(name="bare"), "bare has no layers."),
    ],
)
def test_what_is_no_model_costs_a_line(figures, capfd, made, line):
    profile(lambda: made)
    assert not figures
    assert capfd.readouterr() == (f"No figure yet: {line}\n", "")


def test_a_subclassed_model_whose_shapes_are_unknown(figures):
    class Mine(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = layers.Dense(2)

        def call(self, x):
            return self.dense(x)

    model = Mine()
    model(keras.ops.ones((1, 3)))
    profile(model)
    assert [bar.get_height() for bar in figures[0].axes[0].patches] == [8]
