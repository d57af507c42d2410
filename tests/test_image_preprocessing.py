"""Preprocessing against Pillow's resizing, and class names."""

import re

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from cvlabs import decode_predictions, list_models, preprocessing
from cvlabs.image_preprocessing import HALVES, IMAGENET
from cvlabs.predictions import imagenet_classes


def photograph(height, width):
    """A smooth image: resampling differs between libraries most where pixels jump."""
    y, x = np.mgrid[0:height, 0:width]
    waves = [np.sin(x / (9 + i) + i) * np.cos(y / (7 + 2 * i)) for i in range(3)]
    return np.uint8(127.5 + 120 * np.stack(waves, axis=-1))


def by_pillow(image, size, crop, resample, statistics):
    """The centre square to size / crop, its centre, [0, 1], normalized."""
    height, width = image.shape[:2]
    side, square = int(size / crop), min(height, width)
    left, top = (width - square) // 2, (height - square) // 2
    box = (left, top, left + square, top + square)
    resized = Image.fromarray(image).resize((side, side), resample, box=box)
    return normalized(resized, size, statistics)


def by_torchvision(image, size, crop, resample, statistics):
    """Its transforms: the shorter side to size / crop, the centre, [0, 1], normalized."""
    height, width = image.shape[:2]
    scale = int(size / crop) / min(height, width)
    resized = Image.fromarray(image).resize((int(width * scale), int(height * scale)), resample)
    return normalized(resized, size, statistics)


def normalized(resized, size, statistics):
    left, top = round((resized.width - size) / 2), round((resized.height - size) / 2)
    centre = np.asarray(resized.crop((left, top, left + size, top + size)), "float64") / 255
    mean, deviation = statistics
    return (centre - mean) / deviation


@pytest.mark.parametrize(
    ("name", "size", "crop", "resample", "statistics"),
    [
        ("resnet18", 224, 0.875, Image.Resampling.BILINEAR, IMAGENET),
        ("mobilenet_v2", 224, 0.875, Image.Resampling.BICUBIC, IMAGENET),
        ("inception_v4", 299, 0.875, Image.Resampling.BICUBIC, HALVES),
        ("efficientnet_b2", 256, 0.875, Image.Resampling.BICUBIC, IMAGENET),
    ],
)
@pytest.mark.parametrize("shape", [(600, 600), (400, 520), (610, 384)])
def test_equals_pillow(name, size, crop, resample, statistics, shape):
    image = photograph(*shape)
    got = np.asarray(preprocessing(name)(image))
    expected = by_pillow(image, size, crop, resample, statistics)
    assert got.shape == expected.shape
    assert np.abs(got - expected).mean() < 0.02  # about one grey value, of a range of about 4
    assert np.abs(got - expected).max() < 0.25
    half_a_pixel = np.abs(np.diff(expected, axis=0)).mean() / 2 + np.abs(np.diff(expected, axis=1)).mean() / 2
    assert np.abs(got - by_torchvision(image, size, crop, resample, statistics)).mean() < half_a_pixel + 0.02


def test_batches_one_image_and_tf_data_agree():
    prepare = preprocessing("resnet18", size=64)
    images = np.stack([photograph(90, 120), photograph(90, 120)[:, ::-1]])
    batch = np.asarray(prepare(images))
    one = np.asarray(prepare(images[0]))
    piped = next(iter(tf.data.Dataset.from_tensor_slices(images).map(prepare)))
    np.testing.assert_allclose(batch[0], one, atol=1e-5)
    np.testing.assert_allclose(piped, one, atol=1e-5)
    np.testing.assert_allclose(np.asarray(prepare(images.astype("float32"))), batch, atol=0.02)


def test_an_image_of_pillow_is_taken_as_it_is():
    image, prepare = photograph(40, 50), preprocessing("resnet18", 32)
    expected = prepare(image)
    for same in (Image.fromarray(image), image.tolist()):
        np.testing.assert_array_equal(prepare(same), expected)
    with pytest.raises(ValueError, match=re.escape("or H×W×3, got the shape (40, 50)")):
        prepare(Image.fromarray(image).convert("L"))


def test_every_network_has_a_preprocessing_of_its_size():
    for name in list_models():
        assert preprocessing(name)(np.zeros((40, 50, 3), "uint8")).shape[-1] == 3


def test_unknown_names_are_errors():
    with pytest.raises(ValueError, match="Did you mean 'resnet18'"):
        preprocessing("resnet81")


def test_class_names():
    names = imagenet_classes()
    assert len(names) == 1000
    assert (names[0], names[207], names[999]) == ("tench", "golden retriever", "toilet tissue")
    scores = np.zeros((2, 1000))
    scores[0, 207] = scores[1, 999] = 0.9
    assert [best[0] for best in decode_predictions(scores, top=1)] == [
        ("golden retriever", 0.9),
        ("toilet tissue", 0.9),
    ]


@pytest.mark.parametrize(
    ("scores", "options", "message"),
    [
        (np.zeros((1, 10)), {}, r"must be N×1000 for 1000 class names, got \(1, 10\)"),
        (np.zeros(3), {"class_names": ["a", "b", "c"]}, r"must be N×3 for 3 class names, got \(3,\)"),
        (np.zeros((1, 3)), {"class_names": ["a", "b", "c"], "top": 0}, "whole number of at least 1, got 0"),
        (
            np.zeros((1, 3)),
            {"class_names": ["a", "b", "c"], "top": 2.5},
            "whole number of at least 1, got 2.5",
        ),
        ([[0.1, 0.9], [0.1, np.nan]], {"class_names": ["a", "b"]}, r"sample 1 has .* NaN \(1 of 2 samples"),
    ],
)
def test_scores_that_do_not_fit_are_errors(scores, options, message):
    with pytest.raises(ValueError, match=message):
        decode_predictions(scores, **options)


def test_fewer_classes_than_asked_for():
    assert decode_predictions([[0.2, 0.8]], class_names=["ant", "bee"]) == [[("bee", 0.8), ("ant", 0.2)]]


def test_images_of_unknown_size_in_tf_data():
    prepare = preprocessing("resnet18", size=64)
    image = photograph(90, 120)
    files = tf.data.Dataset.from_tensors(tf.io.encode_png(image))
    decoded = files.map(lambda file: tf.io.decode_png(file, channels=3))
    assert decoded.element_spec.shape.as_list() == [None, None, 3]
    np.testing.assert_allclose(next(iter(decoded.map(prepare))), prepare(image), atol=1e-5)


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_the_network_s_precision_does_not_coarsen_images(dtype):
    image = photograph(90, 120).astype(dtype)
    exact = np.asarray(preprocessing("resnet18", size=64)(image))
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    try:
        prepared = preprocessing("resnet18", size=64)(image)
    finally:
        keras.mixed_precision.set_global_policy("float32")
    np.testing.assert_array_equal(np.asarray(prepared), exact)


@pytest.mark.parametrize("size", [0, -3, 64.5, "64", True])
def test_sizes_are_whole_numbers_from_one_on(size):
    with pytest.raises(ValueError, match=f"size must be a whole number of at least 1, got {size!r}"):
        preprocessing("resnet18", size=size)


@pytest.mark.parametrize("shape", [(9, 9, 4), (1, 9, 9, 4), (9, 9), (1, 3, 9, 9)])
def test_other_shapes_are_errors(shape):
    with pytest.raises(ValueError, match=re.escape(f"color images N×H×W×3 or H×W×3, got the shape {shape}")):
        preprocessing("resnet18", size=8)(np.zeros(shape, "uint8"))


def test_grey_images_get_three_colors():
    image = photograph(20, 30)[..., :1]
    prepare = preprocessing("resnet18", size=8)
    np.testing.assert_array_equal(prepare(image), prepare(np.repeat(image, 3, axis=-1)))


def test_channels_are_last_whatever_keras_has_been_told():
    image = photograph(20, 30)
    expected = np.asarray(preprocessing("resnet18", size=8)(image))
    keras.config.set_image_data_format("channels_first")
    try:
        np.testing.assert_array_equal(preprocessing("resnet18", size=8)(image), expected)
        assert keras.config.image_data_format() == "channels_first"
    finally:
        keras.config.set_image_data_format("channels_last")


def test_saved_with_a_model(tmp_path):
    image, x = photograph(20, 30)[None], keras.Input((None, None, 3))
    model = keras.Model(x, preprocessing("resnet18", size=8)(x))
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    np.testing.assert_array_equal(loaded(image), model(image))
