"""Sets of TensorFlow Datasets: prepared ones are read; of others one line says what to do, at once."""

import os
import socket
import sys
import zipfile

import numpy as np
import pytest

from cvlabs.data import load, splits

tfds = pytest.importorskip("tensorflow_datasets")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """A machine without a route: any try to connect fails the test."""

    def connect(self, address):
        if self.type == socket.SOCK_DGRAM:
            raise OSError("Network is unreachable")
        raise AssertionError(f"tried to reach {address}")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr("cvlabs.data.network.getproxies", dict)  # nor a proxy


class TinyColours(tfds.core.GeneratorBasedBuilder):
    """Eight images of two colours, and a second label-like feature."""

    VERSION = tfds.core.Version("1.0.0")

    def _info(self):
        features = {
            "id": tfds.features.Text(),
            "image": tfds.features.Image(shape=(None, None, 3), encoding_format="jpeg"),
            "label": tfds.features.ClassLabel(names=["green", "red"]),
        }
        return tfds.core.DatasetInfo(
            builder=self,
            features=tfds.features.FeaturesDict(features),
            supervised_keys=("image", "label"),
            description="Eight images.",
        )

    def _split_generators(self, dl_manager):
        return {"train": self._generate_examples(8), "validation": self._generate_examples(2)}

    def _generate_examples(self, count):
        for i in range(count):
            colour = (220, 20, 20) if i % 2 else (20, 220, 20)
            yield i, {"id": str(i), "image": np.full((10 + i, 12, 3), colour, np.uint8), "label": i % 2}


class TinyWords(tfds.core.GeneratorBasedBuilder):
    """No images."""

    VERSION = tfds.core.Version("1.0.0")

    def _info(self):
        features = tfds.features.FeaturesDict({"text": tfds.features.Text()})
        return tfds.core.DatasetInfo(builder=self, features=features, description="Words.")

    def _split_generators(self, dl_manager):
        return {}

    def _generate_examples(self):
        yield from ()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty folder of prepared sets."""
    monkeypatch.setattr(tfds.core.constants, "DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path))
    return tmp_path


def test_a_prepared_set(home):
    from cvlabs.data.tfds import quiet

    with quiet():
        TinyColours(data_dir=home).download_and_prepare()
    train = load("tiny_colours", batch_size=8, image_size=8, seed=0)
    assert train.info.classes == ("green", "red")
    assert train.info.class_counts == (4, 4)
    ((images, labels),) = train.as_numpy_iterator()
    assert images.shape == (8, 8, 8, 3)
    np.testing.assert_array_equal(images[..., 0].mean((1, 2)) > 120, labels == 1)
    assert load("tiny_colours", "validation", batch_size=2, image_size=8).info.count == 2
    assert splits("tiny_colours") == ("train", "validation")
    with pytest.raises(ValueError, match="no split 'test'; it has: train, validation"):
        load("tiny_colours", "test", batch_size=2)


def test_a_set_that_is_not_prepared_without_network(home):
    with pytest.raises(ValueError, match=r"cifar10 is not prepared in .*cannot be reached") as caught:
        load("cifar10", batch_size=2)
    text = str(caught.value)
    assert len(text.splitlines()) == 1
    assert "tfds build cifar10" in text
    assert 'load("shapes")' in text
    assert not list(home.iterdir())
    with pytest.raises(ValueError, match=r"tiny_colours is not prepared in .*cannot be reached"):
        load("tiny_colours", batch_size=2)  # which lists no addresses


def test_sets_that_cannot_be_had(home):
    with pytest.raises(ValueError, match=r"imagenet2012 has to be downloaded by hand"):
        load("imagenet2012", batch_size=2)
    with pytest.raises(ValueError, match=r"tiny_words is not an image classification set: .* got text"):
        load("tiny_words", batch_size=2)
    with pytest.raises(ValueError, match=r"Unknown data set 'cifr10'.*Did you mean: cifar10"):
        load("cifr10", batch_size=2)
    with pytest.raises(ValueError, match="Unknown data set 'huggingface:x/y'"):
        load("huggingface:x/y", batch_size=2)


def test_a_path_without_its_prefix(home, monkeypatch):
    (home / "photos").mkdir()
    zipfile.ZipFile(home / "photos.zip", "w").close()
    monkeypatch.chdir(home)
    for name in ("photos", "./photos", "photos.zip", str(home / "photos")):
        with pytest.raises(ValueError, match=rf"Unknown data set .*\. Did you mean: folder:{name}\?"):
            load(name, batch_size=2)
    with pytest.raises(ValueError, match=r"failed\. Did you mean: shapes"):
        load("./nothing", batch_size=2)
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", None)
    with pytest.raises(ValueError, match="Did you mean: folder:photos"):
        splits("photos")


def test_a_server_that_answers_counts(monkeypatch):
    from cvlabs.data import network

    monkeypatch.undo()
    assert network.reachable([]) == network._route()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(network, "_route", lambda: True)
        assert network.reachable([f"http://127.0.0.1:{port}/file"])
    assert not network.reachable([f"http://127.0.0.1:{port}/file"])


def test_behind_a_proxy_the_proxy_has_to_answer(monkeypatch):
    from cvlabs.data import network

    monkeypatch.undo()
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(network, "_route", lambda: False)  # the proxy is the only way out
    elsewhere = ["https://data.invalid/file.zip", "https://data.invalid/other.zip"]  # no such name
    with socket.create_server(("127.0.0.1", 0)) as server:
        proxy = f"127.0.0.1:{server.getsockname()[1]}"
        assert not network.reachable(elsewhere)
        for variable, value in (
            ("https_proxy", f"http://{proxy}"),
            ("HTTPS_PROXY", proxy),
            ("ALL_PROXY", proxy),
        ):
            with monkeypatch.context() as patch:
                patch.setenv(variable, value)
                assert network.reachable(elsewhere)
                assert network.reachable([])
                patch.setenv("no_proxy", "example.org,.invalid")
                assert not network.reachable(elsewhere)
    monkeypatch.setenv("https_proxy", f"http://{proxy}")
    assert not network.reachable(elsewhere)
    monkeypatch.setattr(network, "_route", lambda: True)
    assert not network.reachable(elsewhere)


def test_digits(monkeypatch):
    sklearn = pytest.importorskip("sklearn.datasets")
    found = sklearn.load_digits()
    parts = [load("digits", split, batch_size=2000, shuffle=False) for split in ("train", "test")]
    assert [part.info.count for part in parts] == [1438, 359]
    ((images, labels),) = parts[1].as_numpy_iterator()
    np.testing.assert_array_equal(labels, found.target[4::5])
    np.testing.assert_allclose(images, np.repeat(found.images[4::5, ..., None] * 255 / 16, 3, -1), atol=0.5)


def test_digits_without_scikit_learn(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ValueError, match=r'pip install "cvlabs\[digits\]".*Always there: load\("shapes"\)'):
        load("digits", batch_size=2)
