"""Images from 0 to 255 and images from 0 to 1 are not taken for one another."""

import keras
import numpy as np
import pytest
from keras import layers
from small import images, network

from cvlabs.train import evaluate, fit, predict, with_normalization

NAMES = ("a", "b", "c")


@pytest.fixture(scope="module")
def of_units():
    """A network that was trained on images from 0 to 1."""
    pixels, labels = images()
    return fit(network(), (pixels / 255, labels), epochs=1, verbose=False)


def of_pixels():
    return with_normalization(network(), [128.0] * 3, [40.0] * 3)


def test_a_network_for_pixels_is_not_trained_on_units(tmp_path, capsys):
    pixels, labels = images()
    units = (pixels / 255).astype("float32")
    batches = [(units[i : i + 16], labels[i : i + 16]) for i in range(0, 96, 16)]
    for data in ((units, labels), batches):
        with pytest.raises(
            ValueError, match=r"values up to [01].*, but pixels .* normalized for small: leave out"
        ):
            fit(of_pixels(), data, epochs=1, output=tmp_path / "new")
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "new").exists()


def test_a_network_for_pixels_is_not_asked_about_units():
    pixels, labels = images(8)
    for ask in (
        lambda x: evaluate(of_pixels(), (x, labels)),
        lambda x: predict(of_pixels(), x, classes=NAMES),
    ):
        with pytest.raises(ValueError, match="pass 255"):
            ask(pixels / 255)
        ask(pixels)
        ask(0 * pixels)  # black


def test_a_network_for_units_takes_them_and_no_files(of_units, tmp_path):
    pixels, labels = images(8)
    assert evaluate(of_units, (pixels / 255, labels), verbose=False).images == 8
    keras.utils.save_img(tmp_path / "a.png", pixels[0])
    with pytest.raises(ValueError, match="small was made for images with values from 0 to 1, files have"):
        predict(of_units, tmp_path / "a.png", classes=NAMES)


@pytest.mark.parametrize("scales", [(1 / 255,), (1 / 127.5,), (1 / 255, [2.0, 2.1, 2.2]), ([1 / 20] * 3,)])
def test_what_is_usual_for_pixels_takes_files(scales, tmp_path):
    rescaling = [layers.Rescaling(scale) for scale in scales]
    model = keras.Sequential([keras.Input((8, 8, 3)), *rescaling, layers.Flatten(), layers.Dense(3)])
    keras.utils.save_img(tmp_path / "a.png", np.full((8, 8, 3), 200), scale=False)
    assert len(predict(model, tmp_path / "a.png", classes=NAMES)) == 1
    with pytest.raises(ValueError, match="pass 255"):
        predict(model, np.full((8, 8, 3), 0.8), classes=NAMES)
