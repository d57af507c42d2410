"""The operations of RandAugment against Pillow's."""

import os
import subprocess
import sys

import numpy as np
import pytest

from cvlabs.data.augment.operations import OPERATIONS

image_module = pytest.importorskip("PIL.Image")
pytest.importorskip("PIL.ImageOps")
from PIL import Image, ImageEnhance, ImageOps  # noqa: E402

RNG = np.random.default_rng(1)
NOISE = RNG.integers(30, 200, (16, 21, 3)).astype(np.uint8)
SMOOTH = np.add.outer(np.arange(16) * 5, np.arange(21) * 4)[..., None] + np.array([20, 60, 0])
FLAT = np.full((16, 21, 3), 77)
PICTURES = [picture.astype(np.uint8) for picture in (NOISE, SMOOTH, FLAT)]


def ours(name, strength):
    images = np.stack(PICTURES).astype("float32")
    strengths = np.full((len(PICTURES), 1, 1, 1), strength, "float32")
    return np.asarray(OPERATIONS[name](images, strengths)).round().clip(0, 255)


@pytest.mark.parametrize(
    ("name", "strength", "theirs"),
    [
        ("identity", 0.7, lambda p: p),
        ("auto_contrast", 0.7, ImageOps.autocontrast),
        ("equalize", 0.7, ImageOps.equalize),
        ("solarize", 0.5, lambda p: ImageOps.solarize(p, 128)),
        ("posterize", -0.75, lambda p: ImageOps.posterize(p, 5)),
        ("color", 0.5, lambda p: ImageEnhance.Color(p).enhance(1.45)),
        ("color", -1.0, lambda p: ImageEnhance.Color(p).enhance(0.1)),
        ("contrast", 0.5, lambda p: ImageEnhance.Contrast(p).enhance(1.45)),
        ("brightness", -0.5, lambda p: ImageEnhance.Brightness(p).enhance(0.55)),
        ("sharpness", 0.8, lambda p: ImageEnhance.Sharpness(p).enhance(1.72)),
        ("sharpness", -0.8, lambda p: ImageEnhance.Sharpness(p).enhance(0.28)),
    ],
)
def test_colours_as_pillow(name, strength, theirs):
    expected = np.stack([np.asarray(theirs(Image.fromarray(picture))) for picture in PICTURES])
    # Pillow rounds grey values and smoothed ones before it goes on, and cuts fractions off.
    tolerance = {"color": 2, "contrast": 2, "sharpness": 2}.get(name, 1)
    np.testing.assert_allclose(ours(name, strength), expected.astype(float), atol=tolerance)


@pytest.mark.parametrize("name", ["rotate", "shear_x", "shear_y", "translate_x", "translate_y"])
@pytest.mark.parametrize("strength", [0.6, -1.0])
def test_moves_as_pillow(name, strength):
    height, width = 16, 21
    x, y = (width - 1) / 2, (height - 1) / 2
    sin, cos = np.sin(strength * np.pi / 6), np.cos(strength * np.pi / 6)
    matrix = {
        "rotate": [[cos, -sin], [sin, cos]],
        "shear_x": [[1, 0.3 * strength], [0, 1]],
        "shear_y": [[1, 0], [0.3 * strength, 1]],
    }.get(name, np.eye(2))
    shift = {"translate_x": [0.45 * strength * width, 0], "translate_y": [0, 0.45 * strength * height]}
    offset = np.array([x, y]) - np.array(matrix) @ [x, y] + shift.get(name, [0, 0])
    # Pillow's coordinates have the centre of the first pixel at 0.5.
    half = offset + 0.5 - np.array(matrix) @ [0.5, 0.5]
    data = (*matrix[0], half[0], *matrix[1], half[1])
    picture = Image.fromarray(PICTURES[1])
    moved = picture.transform((width, height), Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
    found = ours(name, strength)[1]
    rows, columns = np.mgrid[:height, :width]
    source = np.einsum("ij,jhw->ihw", np.array(matrix), np.stack([columns, rows])) + offset[:, None, None]
    inner = (source[0] > 0) & (source[0] < width - 1) & (source[1] > 0) & (source[1] < height - 1)
    outer = (source[0] < -1) | (source[0] > width) | (source[1] < -1) | (source[1] > height)
    assert inner.sum() > 50
    np.testing.assert_allclose(found[inner], np.asarray(moved)[inner].astype(float), atol=1.5)
    np.testing.assert_allclose(found[outer], 128)


@pytest.mark.parametrize("name", OPERATIONS)
def test_without_strength_nothing_changes(name):
    if name in ("auto_contrast", "equalize"):  # which have none
        return
    np.testing.assert_allclose(ours(name, 0.0), np.stack(PICTURES).astype(float), atol=0.01)


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_image_at_all(name):
    empty = np.zeros((0, 16, 21, 3), "float32")
    assert np.asarray(OPERATIONS[name](empty, np.zeros((0, 1, 1, 1), "float32"))).shape == empty.shape


EMPTY = """
import numpy as np
from cvlabs.data.augment.operations import OPERATIONS

empty = np.zeros((0, 16, 21, 3), "float32")
for operation in OPERATIONS.values():
    print(*operation(empty, np.zeros((0, 1, 1, 1), "float32")).shape)
"""


def test_no_image_at_all_with_onednn():
    environment = os.environ | {"TF_ENABLE_ONEDNN_OPTS": "1"}
    run = subprocess.run([sys.executable, "-c", EMPTY], env=environment, capture_output=True, text=True)
    assert run.stdout.splitlines() == ["0 16 21 3"] * len(OPERATIONS), run.stderr
