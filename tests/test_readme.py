"""The README's Python blocks run, one after the other, as a reader would run them."""

import re
from pathlib import Path

import numpy as np
import pytest

import cvlabs
from cvlabs.data.shapes.source import SPLITS, shapes_source
from cvlabs.data.shapes.splits import COUNTS

README = Path(__file__).parents[1] / "README.md"


def blocks():
    """Each block, below as many empty lines as stand above it: a traceback then names lines of the README."""
    text = README.read_text(encoding="utf-8")
    found = list(re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    return ["\n" * text[: match.start(1)].count("\n") + match[1] for match in found]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a reader who has photographs, the published weights and CIFAR-10; all of them small."""
    import tensorflow as tf

    random = np.random.default_rng(0)
    names = ["cat.jpg", *(f"photographs/{name}/{i}.jpg" for name in ("cat", "dog") for i in range(5))]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = random.integers(0, 256, (120, 160, 3)).astype(np.uint8)
        path.write_bytes(tf.io.encode_jpeg(pixels).numpy())

    def published(name):
        path = tmp_path / f"{name}.safetensors"
        cvlabs.save_weights(cvlabs.create_model(name), path)
        return path

    monkeypatch.setattr("cvlabs.factory.download", published)
    monkeypatch.setattr("cvlabs.data.by_name.tfds_source", lambda name, split: shapes_source(split))
    monkeypatch.setattr("cvlabs.data.by_name.tfds_splits", lambda name: SPLITS)
    monkeypatch.setitem(COUNTS, "train", 32)
    monkeypatch.setitem(COUNTS, "test", 10)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_its_python_blocks_run(folder, figures):
    pytest.importorskip("safetensors")
    namespace = {}
    for block in blocks():
        exec(compile(block, README, "exec"), namespace)
    assert len(figures) == sum(len(re.findall(r"cvlabs\.plot\.|\.plot\(", block)) for block in blocks())
    assert (folder / "runs" / "first" / "history.csv").exists()
