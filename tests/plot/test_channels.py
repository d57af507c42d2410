import pytest
from keras import layers, ops

from cvlabs.plot import channels


def heights(figure):
    return [[bar.get_height() for bar in axis.patches] for axis in figure.axes]


def test_the_pixel_above_what_becomes_of_it(figures):
    channels(lambda x, factor: factor * ops.flip(x, -1), [1, 2, 4], title="mine", factor=2)
    assert heights(figures[0]) == [[1, 2, 4], [8, 4, 2]]
    assert figures[0].get_suptitle() == "mine"


def test_layers_will_do(figures):
    channels(layers.ReLU(), [-1.5, 2.0])
    assert heights(figures[0]) == [[-1.5, 2.0], [0.0, 2.0]]


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x: ops.nope(x), "raised AttributeError"),
        (lambda x: None, "raised ValueError"),
        (lambda x: x[..., :2], "2 values came out of a pixel of 3 channels"),
    ],
)
def test_what_cannot_be_shown_is_said(figures, capfd, function, words):
    channels(function, [1, 2, 3])
    assert not figures
    assert words in capfd.readouterr().out
