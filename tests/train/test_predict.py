"""Predictions of arrays and of files, with names for the classes."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
from keras import layers, ops

from cvlabs.predictions import imagenet_classes
from cvlabs.train import predict, ten_crop
from cvlabs.train.naming import CLASSES


def brightness(size=(4, 4), classes=3):
    """A network that says class 0 of dark images, 1 of grey ones, 2 of bright ones; the others never."""
    x = keras.Input((*size, 3))
    mean = ops.mean(layers.Rescaling(1.0)(x), axis=(1, 2, 3), keepdims=False)
    middles = np.full(classes, -1000.0, "float32")
    middles[:3] = [20, 128, 235]
    logits = -ops.abs(ops.expand_dims(mean, 1) - middles) / 10
    return keras.Model(x, logits, name="brightness")


NAMES = ("dark", "grey", "bright")


def grey(value, size=(4, 4)):
    return np.full((*size, 3), value, "float32")


@pytest.fixture
def files(tmp_path):
    paths = []
    for i, value in enumerate((5, 250, 130)):
        path = tmp_path / f"{i}.png"
        keras.utils.save_img(path, grey(value, (6 + i, 9)), scale=False)
        paths.append(path)
    return paths


def test_arrays_get_names_and_shares():
    found = predict(brightness(), np.stack([grey(240), grey(30)]), classes=NAMES, top=2)
    assert [p.image for p in found] == ["0", "1"]
    assert [name for name, _ in found[0].classes] == ["bright", "grey"]
    assert found[1].classes[0][0] == "dark"
    logits = -np.abs(30 - np.array([20, 128, 235])) / 10
    expected = np.exp(logits) / np.exp(logits).sum()
    assert [share for _, share in found[1].classes] == pytest.approx(expected[:2], rel=1e-5)
    assert str(found[1]).startswith("1: dark 100.0 %, grey 0.")


def test_one_image_and_many_images():
    assert predict(brightness(), grey(120), classes=NAMES)[0].classes[0][0] == "grey"
    many = np.stack([grey(5 + 115 * (i % 3)) for i in range(70)])
    assert [p.classes[0][0] for p in predict(brightness(), many, classes=NAMES)] == [
        NAMES[i % 3] for i in range(70)
    ]


def test_files_of_any_size(files):
    found = predict(brightness(), files, classes=NAMES)
    assert [p.image for p in found] == [str(path) for path in files]
    assert [p.classes[0][0] for p in found] == ["dark", "bright", "grey"]
    assert predict(brightness(), str(files[1]), classes=NAMES)[0].classes[0][0] == "bright"
    crops = predict(brightness((8, 8)), files, classes=NAMES, views=ten_crop)
    assert [p.classes[0][0] for p in crops] == ["dark", "bright", "grey"]


def test_names_lie_beside_the_file(tmp_path, files):
    brightness().save(tmp_path / "model.keras")
    (tmp_path / CLASSES).write_text("night\nfog\nsnow\n")
    assert predict(tmp_path, files[:1])[0].classes[0][0] == "night"
    result = SimpleNamespace(model=brightness(), output=tmp_path)
    assert predict(result, files[:1])[0].classes[0][0] == "night"
    assert predict(tmp_path, files[:1], classes=NAMES)[0].classes[0][0] == "dark"
    (tmp_path / CLASSES).write_text("night\nfog\n")
    with pytest.raises(ValueError, match="has 2 names, the network 3 classes"):
        predict(tmp_path, files[:1])
    (tmp_path / CLASSES).write_bytes("Möwe\nfog\nsnow\n".encode("latin-1"))
    with pytest.raises(ValueError, match=r"classes\.txt is no text in UTF-8"):
        predict(tmp_path, files[:1])


def test_a_thousand_classes_are_those_of_imagenet():
    found = predict(brightness(classes=1000), grey(10))
    assert found[0].classes[0][0] == imagenet_classes()[0] == "tench"


@pytest.mark.parametrize(
    ("images", "options", "message"),
    [
        (grey(0), {}, "does not know the names of its 3 classes"),
        (grey(0), {"classes": "ab"}, "3 classes, got 2 names"),
        (grey(0), {"classes": NAMES, "top": 0}, "top must be a whole number of at least 1, got 0"),
        (grey(0), {"classes": NAMES, "top": "3"}, "top must be a whole number of at least 1, got '3'"),
        (np.zeros((4, 4)), {"classes": NAMES}, r"paths, or an array .* got shape \(4, 4\)"),
        ([], {"classes": NAMES}, r"got shape \(0,\)"),
        (grey(0, (5, 5)), {"classes": NAMES}, "images are 5×5, the network takes 4×4"),
        (np.zeros((4, 4, 1)), {"classes": NAMES}, "images have 1 channel, brightness takes 3"),
    ],
)
def test_what_does_not_fit(images, options, message):
    with pytest.raises(ValueError, match=message):
        predict(brightness(), images, **options)


def test_files_that_cannot_be_read_are_listed_together(tmp_path, files):
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "text.png").write_text("no image")
    given = [tmp_path / "empty.jpg", files[0], tmp_path / "text.png", tmp_path / "missing.jpg"]
    with pytest.raises(ValueError, match=r"empty\.jpg: .*text\.png: .*missing\.jpg: No such file") as raised:
        predict(brightness(), given, classes=NAMES)
    assert str(files[0]) not in str(raised.value)
    (tmp_path / "cut.png").write_bytes(files[0].read_bytes()[:60])
    with pytest.raises(ValueError, match=r"cut\.png: "):
        predict(brightness(), tmp_path / "cut.png", classes=NAMES)


def test_files_need_a_size():
    model = keras.Sequential(
        [
            keras.Input((None, None, 3)),
            layers.Rescaling(1.0),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3),
        ]
    )
    with pytest.raises(ValueError, match="images of any size: give it an array"):
        predict(model, "image.jpg", classes=NAMES)
    assert len(predict(model, grey(3, (9, 7)), classes=NAMES)) == 1
