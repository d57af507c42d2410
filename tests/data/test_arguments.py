"""Arguments of `load` that are not as they should be: one line says what was expected."""

from pathlib import Path

import numpy as np
import pytest

from cvlabs import data
from cvlabs.data import load, splits


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"batch_size": "8"}, "batch_size must be a whole number of at least 1, got '8'"),
        ({"batch_size": 2.5}, "batch_size must be a whole number of at least 1, got 2.5"),
        ({"batch_size": True}, "batch_size must be a whole number of at least 1, got True"),
        ({"image_size": 0}, r"image_size must be .* height and width, .*image_size=\(224, 224\); got 0"),
        ({"image_size": (16, 16, 3)}, r"image_size must be .* got \(16, 16, 3\)"),
        ({"image_size": (16, None)}, r"image_size must be .* got \(16, None\)"),
        ({"image_size": 16.5}, "image_size must be .* got 16.5"),
        ({"image_size": "16"}, "image_size must be .* got '16'"),
        ({"split": None}, "Unknown split None. Splits are written"),
        ({"seed": "a"}, "seed must be a whole number of at least 0, got 'a'"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
        ({"seed": 2**63}, r"seed must be a whole number below 2\*\*63, got 9"),
        ({"cache": None}, 'cache must be "auto", "memory" or "none", got None'),
        ({"on_error": True}, 'on_error must be "raise" or "skip", got True'),
        ({"augment": data.pad_crop_flip}, r"got pad_crop_flip, .* call it, pad_crop_flip\(…\)"),
        ({"augment": [data.color_jitter]}, r"got color_jitter, .* call it, color_jitter\(…\)"),
        ({"augment": "mixup"}, r"functions of \(images, labels, seed\).* got 'mixup'"),
        ({"augment": [None]}, r"functions of \(images, labels, seed\).* got None"),
        ({"augment": 3}, r"functions of \(images, labels, seed\).* got 3"),
        ({"augment": lambda images: images}, r"functions of \(images, labels, seed\).*<lambda>\(images\)"),
        ({"augment": data.mixup(3)}, r"labels for 3 classes, but the data has 2\. .*mixup\(2\)"),
    ],
)
def test_what_was_expected(colours, arguments, message):
    with pytest.raises(ValueError, match=message):
        load(f"folder:{colours}", **{"batch_size": 2, **arguments})


@pytest.mark.parametrize("ask", [splits, lambda name: load(name, batch_size=2)])
def test_names(ask):
    with pytest.raises(ValueError, match=r'named by the string "folder:photos", got .*Path'):
        ask(Path("photos"))
    with pytest.raises(ValueError, match=r"named by a string such as .* got None"):
        ask(None)


def test_a_keras_layer_can_be_wrapped(colours):
    import keras

    layer = keras.layers.CenterCrop(4, 6)
    with pytest.raises(ValueError, match=f"the Keras layer {layer.name}.*put it into the model"):
        load(f"folder:{colours}", batch_size=2, augment=layer)
    train = load(
        f"folder:{colours}", batch_size=2, augment=lambda images, labels, seed: (layer(images), labels)
    )
    assert train.info.image_shape == (4, 6, 3)
    assert next(iter(train))[0].shape == (2, 4, 6, 3)


def test_other_kinds_of_whole_numbers_and_pairs(colours):
    train = load(
        f"folder:{colours}",
        batch_size=np.int64(3),
        image_size=[4, np.int32(6)],
        seed=np.uint8(5),
        augment=(data.pad_crop_flip(1), data.mixup(2)),
    )
    assert (train.info.batch_size, train.info.image_shape, train.info.seed) == (3, (4, 6, 3), 5)
    assert train.info.augment == ("pad_crop_flip", "mixup")
