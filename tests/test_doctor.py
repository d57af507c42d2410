"""`cvlabs doctor`: what it says of the backend that is chosen."""

import pytest

from cvlabs import doctor


@pytest.fixture
def examine(monkeypatch):
    """Returns the report for a backend, where only some modules are installed."""

    def report(backend, *installed):
        monkeypatch.setenv("KERAS_BACKEND", backend)
        monkeypatch.setattr(doctor, "_installed", lambda module: module in installed)
        monkeypatch.setattr(doctor, "_devices", lambda backend: [f"devices of {backend}"])
        lines, healthy = doctor.examine()
        return "\n".join(lines), healthy

    return report


ALL = ("keras", "numpy", "tensorflow", "jax", "torch")


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch", "numpy"])
def test_a_backend_that_is_there_is_healthy(examine, backend):
    text, healthy = examine(backend, *ALL)
    assert healthy
    assert f"Keras uses {backend}.\ndevices of {backend}" in text


@pytest.mark.parametrize(
    ("backend", "installed", "message"),
    [
        ("torch", ("keras", "numpy", "jax"), "torch, which is not installed: pip install torch, or set"),
        (
            "tensorflow",
            ("keras", "numpy"),
            'tensorflow, which is not installed: pip install "cvlabs[tensorflow]" (or [',
        ),
        ("numpy", ("keras", "numpy"), "numpy, for which jax is not installed: pip install jax, or set"),
        ("jax", ("jax", "numpy"), "jax, for which keras is not installed: pip install keras."),
        ("jax", ("numpy",), "jax, for which keras and jax are not installed: pip install keras jax."),
        ("nope", ALL, "nope, but KERAS_BACKEND must be one of tensorflow, jax, torch, numpy, got 'nope'."),
    ],
)
def test_what_a_backend_lacks_is_told(examine, backend, installed, message):
    text, healthy = examine(backend, *installed)
    assert not healthy
    assert f"Keras would use {message}" in text


def test_numpy_says_that_it_cannot_train(monkeypatch):
    pytest.importorskip("jax")
    monkeypatch.setenv("KERAS_BACKEND", "numpy")
    lines, healthy = doctor.examine()
    assert healthy
    assert "numpy computes a network's outputs, and cannot train it" in "\n".join(lines)
