"""Figures of trainings: what they show is what was measured."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
from keras import layers

from cvlabs.plot import cam, confusion, gradient_norms, learning_curves
from cvlabs.train import gradient_norms as measure
from cvlabs.train.class_activation import class_activation
from cvlabs.train.result import to_csv


@pytest.fixture
def rng():
    """For each test anew: the same images in whatever order the tests run."""
    return np.random.default_rng(0)


def row(epoch, training, validation):
    return {
        "epoch": epoch,
        "loss": training / 10,
        "training_error": training,
        "validation_loss": None if validation is None else validation / 10,
        "validation_error": validation,
        "learning_rate": 0.1,
        "images_per_second": 100.0,
        "seconds": 1.0,
    }


HISTORY = (row(1, 60.0, 70.0), row(2, 30.0, 50.0), row(3, 10.0, 45.0))


def lines(axis):
    return {line.get_label(): list(line.get_ydata()) for line in axis.lines}


def network(size=8):
    x = keras.Input((size, size, 3))
    y = layers.Conv2D(4, 3, name="conv")(layers.Rescaling(1 / 255)(x))
    return keras.Model(x, layers.Dense(3, name="logits")(layers.GlobalAveragePooling2D()(y)), name="small")


def test_curves_of_a_result_and_of_its_file_are_the_same(figures, tmp_path):
    (tmp_path / "history.csv").write_text("# a comment\n" + to_csv(HISTORY))
    for source in (SimpleNamespace(history=HISTORY), tmp_path, tmp_path / "history.csv", list(HISTORY)):
        learning_curves(source, title="mine")
    for figure in figures:
        errors, losses = figure.axes
        assert lines(errors) == {"training": [60, 30, 10], "validation": [70, 50, 45]}
        assert lines(losses) == {"training": [6, 3, 1], "validation": [7, 5, 4.5]}
        assert list(errors.lines[0].get_xdata()) == [1, 2, 3]
        assert figure.get_suptitle() == "mine"
    assert len(figures) == 4


def test_several_trainings_and_what_was_not_measured(figures):
    runs = {
        "plain": [row(1, 60.0, None)],
        "residual": [{"epoch": 2, "training_error": 5.0, "test_error": 8.0}],
    }
    learning_curves(runs)
    (axis,) = figures[0].axes  # one of them has no loss
    assert lines(axis) == {"plain training": [60], "residual training": [5], "residual test": [8]}


def test_a_figure_for_a_file_is_not_shown(figures, tmp_path):
    learning_curves(list(HISTORY), save=tmp_path / "curves.png")
    confusion(np.eye(2, dtype=int), save=tmp_path / "confusion.pdf")
    assert not figures
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "confusion.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no rows with an epoch"),
        ("a,b\n1,2\n", "has no rows with an epoch"),
        ("epoch,training_error\n1,many\n", r"history\.csv is damaged"),
        ("epoch,training_error\n1\n2,3\n", None),
        ("epoch,loss\n1,2\n", "has no errors: there is neither training_error, validation_error nor test"),
    ],
)
def test_files_that_are_no_history(figures, tmp_path, text, message):
    (tmp_path / "history.csv").write_text(text)
    if message is None:  # the row that a kill cut off
        learning_curves(tmp_path)
        return
    with pytest.raises(ValueError, match=message):
        learning_curves(tmp_path)


def test_no_history_at_all(tmp_path):
    with pytest.raises(ValueError, match="cannot be read as a history"):
        learning_curves(tmp_path / "nothing")
    with pytest.raises(ValueError, match="no trainings to show"):
        learning_curves({})
    with pytest.raises(ValueError, match="Expected a Result of fit, a history"):
        learning_curves([])


def test_confusion_shows_shares_of_the_row_and_counts(figures):
    matrix = np.array([[6, 2, 0], [0, 0, 0], [1, 0, 3]])
    confusion(matrix, ["ant", "bee", "cat"])
    axis = figures[0].axes[0]
    np.testing.assert_allclose(axis.images[0].get_array(), [[75, 25, 0], [0, 0, 0], [25, 0, 75]])
    assert [text.get_text() for text in axis.texts] == ["6", "2", "1", "3"]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["ant", "bee", "cat"]
    assert axis.get_title() == "top-1 error 25.00 % of 12 images"


def test_confusion_of_an_evaluation_and_of_many_classes(figures):
    confusion(SimpleNamespace(confusion=np.eye(3, dtype=int), classes=("ant", "bee", "cat")))
    assert [label.get_text() for label in figures[0].axes[0].get_xticklabels()] == ["ant", "bee", "cat"]
    confusion(np.eye(100, dtype=int))
    assert not figures[1].axes[0].texts
    with pytest.raises(ValueError, match=r"got shape \(2, 3\)"):
        confusion(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="3 classes and 2 names"):
        confusion(np.eye(3), ["a", "b"])


def test_gradients_of_models_rows_and_numbers(figures, rng):
    model = network()
    x, y = rng.random((4, 8, 8, 3)), np.array([0, 1, 2, 0])
    rows = measure(model, x, y)
    gradient_norms(
        {"model": model, "rows": rows, "names": {"conv": 3.0, "logits": 0.0}, "numbers": [1, 2, 4]}, x, y
    )
    found = lines(figures[0].axes[0])
    assert found["model"] == found["rows"] == [r.norm for r in rows]
    assert found["names"][0] == 3.0
    assert np.isnan(found["names"][1])  # a zero has no place on a logarithmic axis
    assert found["numbers"] == [1, 2, 4]
    assert figures[0].axes[0].get_yscale() == "log"


def test_gradients_that_are_not_there_yet_cost_a_line(figures, capsys):
    gradient_norms({"mine": None})
    assert not figures
    assert capsys.readouterr().out == "No figure yet: there are no gradients to show.\n"
    with pytest.raises(ValueError, match="mine is a model: its gradients need a batch"):
        gradient_norms({"mine": network()})
    with pytest.raises(ValueError, match="mine has no norms that can be shown"):
        gradient_norms({"mine": ["a"]})


def test_maps_over_images(figures, rng):
    model, images = network(), rng.integers(0, 256, (2, 8, 8, 3)).astype("uint8")
    cam(model, images, classes=["ant", "bee", "cat"], of="bee", title="mine")
    found = class_activation(model, images, 1)
    axes = figures[0].axes
    np.testing.assert_allclose(axes[0].images[0].get_array(), images[0] / 255)
    np.testing.assert_allclose(axes[3].images[1].get_array(), np.maximum(found.maps[1], 0))
    share = 100 * found.probabilities[1, 1]
    assert axes[3].get_title() == f"bee\n{share:.0f} %"
    assert axes[3].images[0].get_extent() == axes[3].images[1].get_extent() == [0, 8, 8, 0]


def test_maps_of_files_and_of_one_image(figures, rng, tmp_path):
    model, paths = network(), []
    for i in range(10):
        paths.append(tmp_path / f"{i}.png")
        keras.utils.save_img(paths[-1], rng.integers(0, 256, (10, 12, 3)), scale=False)
    cam(model, paths, classes="abc")
    assert len(figures[0].axes) == 2 * 8
    cam(model, rng.integers(0, 256, (8, 8, 3)), classes="abc")
    assert len(figures[1].axes) == 2
    with pytest.raises(ValueError, match="no class 'd'; there are: a, b, c"):
        cam(model, paths, classes="abc", of="d")
