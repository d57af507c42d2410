"""torch's own files, where torch is installed."""

import contextlib
import os

import numpy as np
import pytest

from cvlabs.pretrained.read import read_tensors

torch = pytest.importorskip("torch")


class RunsCode:
    def __reduce__(self):
        return os.mkdir, ("ran",)


def state():
    return {"fc.weight": torch.ones(2, 3), "bn.num_batches_tracked": torch.tensor(3)}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda s: s,
        lambda s: {"epoch": 3, "state_dict": s},
        lambda s: {"model": s},
        lambda s: {f"module.{k}": v for k, v in s.items()},
        lambda s: {"fc.weight": torch.nn.Parameter(s["fc.weight"])},
        lambda s: {"fc.weight": s["fc.weight"].to_sparse()},
        lambda s: {k: v.half() if v.is_floating_point() else v for k, v in s.items()},
    ],
)
def test_states_in_all_their_wrappings(tmp_path, wrap):
    torch.save(wrap(state()), tmp_path / "w.pth")
    tensors = read_tensors(tmp_path / "w.pth")
    assert list(tensors) == ["fc.weight"]
    assert tensors["fc.weight"].dtype == np.float32


def test_code_in_a_file_does_not_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    torch.save(RunsCode(), tmp_path / "w.pth")
    with pytest.raises(ValueError, match="would run code"):
        read_tensors(tmp_path / "w.pth")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("content", [b"", b"PK not a zip"])
def test_damaged_files(tmp_path, content):
    (tmp_path / "w.pth").write_bytes(content)
    with pytest.raises(ValueError, match=r"is damaged|would run code"):
        read_tensors(tmp_path / "w.pth")


@pytest.mark.parametrize("legacy", [True, False])
def test_damage_anywhere(tmp_path, legacy):
    torch.save(state(), tmp_path / "w.pth", _use_new_zipfile_serialization=not legacy)
    content = (tmp_path / "w.pth").read_bytes()
    random = np.random.default_rng(0)
    for _ in range(100):
        spoilt = np.frombuffer(content, "uint8")[: random.integers(1, len(content))].copy()
        spoilt[random.integers(len(spoilt), size=3)] = random.integers(256, size=3)
        (tmp_path / "w.pth").write_bytes(spoilt.tobytes())
        with contextlib.suppress(ValueError):  # what was cut may have been padding
            read_tensors(tmp_path / "w.pth")


@pytest.mark.parametrize("content", [[1, 2], {0: torch.ones(2)}])
def test_other_things_than_tensors(tmp_path, content):
    torch.save(content, tmp_path / "w.pth")
    with pytest.raises(ValueError, match="holds no tensors by name"):
        read_tensors(tmp_path / "w.pth")
