import numpy as np

from cvlabs import data
from cvlabs.plot import augmentations

IMAGES = np.random.default_rng(0).integers(0, 256, (4, 16, 16, 3)).astype("float32")


def test_a_row_for_each_augmentation(figures):
    augmentations(IMAGES, {"mirror or move": data.pad_crop_flip(2), "ten": data.ten_crop(8)}, title="two")
    (figure,) = figures
    assert figure.get_suptitle() == "two"
    rows = [figure.axes[i * 9 : i * 9 + 9] for i in range(2)]
    assert [row[0].get_ylabel() for row in rows] == ["mirror or move", "ten"]
    shown = [[axis.images[0].get_array() for axis in row] for row in rows]
    np.testing.assert_array_equal(shown[0][0], IMAGES[0].astype("uint8"))
    np.testing.assert_array_equal(shown[1][0], IMAGES[1].astype("uint8"))
    assert len({image.tobytes() for image in shown[0]}) > 4
    np.testing.assert_array_equal(shown[1][1], IMAGES[1, :8, :8].astype("uint8"))  # the first of the ten


def test_all_of_them_on_batches(figures):
    augmentations([(IMAGES, np.zeros(4))])
    (figure,) = figures
    labels = [axis.get_ylabel().split(",")[0] for axis in figure.axes if axis.get_ylabel()]
    assert labels == [name for name in labels if callable(getattr(data, name))]
    assert set(labels) == set(data.__all__) - {"DatasetInfo", "load", "splits"}


def test_nothing_to_show_is_said(figures, capsys):
    augmentations(np.zeros((3, 3)))
    augmentations([])
    assert not figures
    assert capsys.readouterr().out.splitlines() == [
        "No figure yet: expected images N×H×W×3, got shape (3, 3).",
        "No figure yet: there is no batch.",
    ]
