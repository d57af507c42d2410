"""What lies in the folder of a training belongs to the network in it."""

from types import SimpleNamespace

import pytest
from small import images, network

from cvlabs.train import fit, predict
from cvlabs.train.naming import CLASSES


class Named:
    """Batches that know their classes."""

    def __init__(self, classes):
        self.info = SimpleNamespace(name="mine", classes=classes, mean=[128.0] * 3, std=[40.0] * 3)

    def __len__(self):
        return 2

    def __iter__(self):
        pixels, labels = images(24)
        return iter([(pixels[:12], labels[:12]), (pixels[12:], labels[12:])])


def test_names_of_an_earlier_network_are_gone(tmp_path):
    options = {"epochs": 1, "output": tmp_path, "resume": False, "verbose": False}
    fit(network(), Named(("ant", "bee", "cat")), **options)
    assert (tmp_path / CLASSES).read_text().split() == ["ant", "bee", "cat"]
    result = fit(network(seed=1), images(24), **options)
    assert not (tmp_path / CLASSES).exists()
    for source in (result, tmp_path):
        with pytest.raises(ValueError, match="small does not know the names of its 3 classes"):
            predict(source, images(1)[0])


def test_a_network_that_cannot_be_written_leaves_no_names_beside_the_one_before(tmp_path, monkeypatch):
    options = {"epochs": 1, "output": tmp_path, "resume": False, "verbose": False}
    fit(network(), Named(("ant", "bee", "cat")), **options)
    before = predict(tmp_path, images(4)[0], classes="abc")

    def full(*args, **settings):
        raise OSError("No space left on device")

    monkeypatch.setattr("keras.Model.save", full)
    with pytest.raises(OSError, match="No space left"):
        fit(network(seed=1), Named(("dog", "elk", "fox")), **options)
    assert not (tmp_path / CLASSES).exists()
    after = predict(tmp_path, images(4)[0], classes="abc")
    assert after == before
