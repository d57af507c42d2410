"""What backends say of their device, where only one of them is installed."""

import sys
from types import SimpleNamespace

import keras
import pytest
from small import images, network

from cvlabs.train import devices, fit, precision


class FakeCuda:
    """Of a machine with an H100."""

    def get_device_name(self, device):
        return f"NVIDIA H100 ({device.type})"

    def get_device_capability(self, device):
        return 9, 0


@pytest.fixture
def torch(monkeypatch):
    """Makes Keras say that it computes with torch, on a device of a kind."""

    def computing_on(kind):
        monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=FakeCuda()))
        monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
        tensor = SimpleNamespace(device=SimpleNamespace(type=kind))
        monkeypatch.setattr(keras.ops, "zeros", lambda shape: tensor)

    return computing_on


@pytest.mark.parametrize(
    ("kind", "name", "expected", "policy"),
    [
        ("cuda", "NVIDIA H100 (cuda)", "GPU", "mixed_bfloat16"),
        ("mps", "MPS device", "MPS", "float32"),
        ("xpu", "XPU device", "XPU", "float32"),
    ],
)
def test_torch_tells_the_device_that_it_uses(torch, kind, name, expected, policy):
    torch(kind)
    found = devices.choose()
    assert (found.name, found.kind, found.count, found.is_chief) == (name, expected, 1, True)
    assert precision.choose("auto", found.kind) == policy


def test_torch_tells_that_it_uses_the_processor(torch):
    torch("cpu")
    found = devices.choose()
    assert found.name.startswith("CPU (")
    assert found.kind == "CPU"


def test_a_backend_that_does_not_train_is_told(monkeypatch):
    model = network()
    monkeypatch.setattr(keras.backend, "backend", lambda: "numpy")
    with pytest.raises(ValueError, match="The backend numpy does not train; tensorflow, jax and torch do"):
        fit(model, images(), epochs=1)
