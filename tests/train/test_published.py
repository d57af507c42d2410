"""Networks with their published weights: normalized and prepared as these expect, where that is certain."""

import keras
import numpy as np
import pytest
from keras import layers
from small import network

import cvlabs
from cvlabs.train import evaluate, predict, ten_crop, with_normalization
from cvlabs.train.published import published, seems_published
from cvlabs.train.trained import with_preparation

RNG = np.random.default_rng(0)
NAME = "densenet121"  # its publisher resizes with bicubic interpolation
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def as_downloaded(name=NAME, classes=1000, channels=3):
    """A small network with the name of a published one, and weights as of a training."""
    keras.utils.set_random_seed(0)
    wide = keras.initializers.RandomNormal(stddev=0.5)
    inputs = keras.Input((64, 64, channels))
    x = layers.Conv2D(8, 5, strides=4, activation="relu", kernel_initializer=wide)(inputs)
    x = layers.Dense(classes, kernel_initializer=wide, name="logits")(layers.GlobalAveragePooling2D()(x))
    model = keras.Model(inputs, layers.Softmax()(x), name=name)
    model.get_layer("logits").bias.assign(RNG.normal(0, 0.1, classes))
    return model


@pytest.fixture(scope="module")
def model():
    return as_downloaded()


@pytest.fixture
def photograph(tmp_path):
    """A file, and its pixels."""
    pixels = np.kron(RNG.integers(0, 256, (15, 20, 3)), np.ones((6, 6, 1))).astype("uint8")
    keras.utils.save_img(tmp_path / "photograph.png", pixels, scale=False)
    return tmp_path / "photograph.png", pixels


@pytest.mark.parametrize(
    ("name", "mean", "std"), [("resnet18", MEAN, STD), ("mobilenet", [0.5] * 3, [0.5] * 3)]
)
def test_the_numbers_of_published_weights_need_not_be_typed(name, mean, std):
    images = RNG.integers(0, 256, (2, 64, 64, 3)).astype("float32")
    bare = as_downloaded(name, classes=4)
    expected = bare.predict_on_batch((images / 255 - mean) / std)
    np.testing.assert_allclose(with_normalization(bare).predict_on_batch(images), expected, rtol=1e-4)


def test_numbers_that_nothing_tells_must_be_given():
    with pytest.raises(
        ValueError, match=r"mean and std are missing, and 'small' is not the name of a network"
    ):
        with_normalization(network())
    with pytest.raises(ValueError, match="go together, but std is missing"):
        with_normalization(network(), [1, 2, 3])
    with pytest.raises(ValueError, match="go together, but mean is missing"):
        with_normalization(network(), std=[1, 2, 3])


def test_published_weights_are_evaluated_as_they_expect(model):
    images = RNG.integers(0, 256, (6, 64, 64, 3)).astype("float32")
    said = with_normalization(model).predict_on_batch(images).argmax(axis=1)
    assert evaluate(model, (images, said)).top1_error == 0
    assert evaluate(published(model), (images, said)).top1_error == 0


def test_files_are_prepared_as_by_the_preprocessing(model, photograph):
    path, pixels = photograph
    expected = model.predict_on_batch(np.asarray(cvlabs.preprocessing(NAME, 64)(pixels))[None])[0]
    for network_ in (model, published(model)):
        found = predict(network_, [path, path], top=1000)
        assert [one.image for one in found] == [str(path)] * 2
        shares = [share for _, share in found[1].classes]
        np.testing.assert_allclose(shares, np.sort(expected)[::-1], rtol=1e-3)
    plain = [share for _, share in predict(with_normalization(model), path, top=1000)[0].classes]
    assert np.abs(np.array(plain) / np.array(shares) - 1).max() > 1e-2
    assert len(predict(model, path, views=ten_crop)) == 1


def test_files_that_cannot_be_decoded_are_listed_together(model, photograph, tmp_path):
    path, _ = photograph
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(path.read_bytes()[:80])
    with pytest.raises(ValueError, match=r"a\.png: truncated or damaged.*; .*b\.png: truncated or damaged"):
        predict(model, [tmp_path / "a.png", path, tmp_path / "b.png"])


def test_the_map_lies_over_what_the_network_saw(figures, photograph):
    from cvlabs import plot

    path, pixels = photograph
    plot.cam(published(as_downloaded("resnet18")), path)
    shown = figures[0].axes[0].images[0].get_array()
    seen = np.asarray(cvlabs.preprocessing("resnet18", 64)(pixels)) * STD + MEAN
    np.testing.assert_allclose(shown, np.clip(seen, 0, 1), atol=1e-5)


def test_images_that_are_not_square_are_cut_as_usual():
    bare = cvlabs.create_model("resnet18", input_shape=(64, 96, 3))
    assert published(bare).prepare is None
    assert with_preparation(published(as_downloaded()))[1] is not None
    assert with_preparation(with_normalization(bare))[1] is None


def unlike_published():
    inputs = keras.Input((64, 64, 3))
    fresh = as_downloaded()
    fresh.get_layer("logits").bias.assign(np.zeros(1000))
    return {
        "fresh": fresh,
        "of another name": keras.Model(inputs, as_downloaded()(inputs), name="mine"),
        "of a network without published weights": as_downloaded("resnet20_cifar"),
        "with other classes": as_downloaded(classes=7),
        "normalized": with_normalization(as_downloaded()),
        "of grey images": as_downloaded(channels=1),
    }


def test_what_may_be_something_else_is_not_taken_for_published():
    assert seems_published(as_downloaded())
    assert not [name for name, other in unlike_published().items() if seems_published(other)]
    with pytest.raises(ValueError, match="without mean and std as its published weights expect"):
        predict(as_downloaded(classes=3), np.zeros((64, 64, 3)), classes="abc")
