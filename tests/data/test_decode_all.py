"""Damaged files among whole ones."""

import numpy as np
import tensorflow as tf

from cvlabs.data.decode_all import decode_all
from cvlabs.data.folder import folder_source

COUNT, SIZE = 100, (5, 7)
DAMAGED, GONE = (3, 40, 41), 70


def test_each_file_that_cannot_be_decoded_is_told_and_no_other_is_lost(tmp_path):
    folder = tmp_path / "train" / "stars"
    folder.mkdir(parents=True)
    images = np.random.default_rng(0).integers(0, 256, (COUNT, *SIZE, 3), np.uint8)
    for i, image in enumerate(images):
        data = tf.io.encode_png(image).numpy()
        (folder / f"{i:03}.png").write_bytes(data[:-30] if i in DAMAGED else data)
    (tmp_path / "train" / "moons").mkdir()
    (tmp_path / "train" / "moons" / "moon.png").write_bytes(data)
    source = folder_source(str(tmp_path), "train").take(np.arange(1, COUNT + 1))  # the stars
    (folder / f"{GONE:03}.png").unlink()

    found = np.zeros((COUNT, *SIZE, 3), np.uint8)
    problems = decode_all(source.images, SIZE, found.__setitem__)

    assert list(problems) == [*DAMAGED, GONE]
    assert problems[3] == ("train/stars/003.png", "truncated or damaged: it cannot be decoded")
    assert problems[GONE] == ("train/stars/070.png", "cannot be opened: it no longer exists")
    whole = np.setdiff1d(np.arange(COUNT), list(problems))
    np.testing.assert_array_equal(found[whole], images[whole])
    assert decode_all(source.images, SIZE) == problems
