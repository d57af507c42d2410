"""Memory that runs out: the message says which batch fits."""

import keras
import pytest
from small import images, network

import cvlabs
from cvlabs.train import fit, out_of_memory


class Full(keras.callbacks.Callback):
    """Says what TensorFlow and JAX say when the memory is full."""

    def on_train_batch_end(self, batch, logs=None):
        raise RuntimeError("RESOURCE_EXHAUSTED: Out of memory while trying to allocate 12884901888 bytes.")


@pytest.fixture
def small_memory(monkeypatch):
    """As much as training takes for ten images, and a little."""
    cost = cvlabs.cost(network()).training_bytes
    needs = [cost(n, optimizer="momentum").total for n in (10, 11)]
    available = round((needs[0] + 0.5 * (needs[1] - needs[0])) / 0.9)
    monkeypatch.setattr(out_of_memory, "memory", lambda kind: available)


@pytest.mark.usefixtures("small_memory")
def test_the_batch_that_fits_is_estimated():
    with pytest.raises(MemoryError, match=r"with 32 images per batch .* so about (9|10) images fit") as told:
        fit(network(), images(), batch_size=32, epochs=1, callbacks=[Full()], verbose=False)
    assert "accumulation=4 in the recipe" in str(told.value)
    assert isinstance(told.value.__cause__, RuntimeError)


def test_other_errors_pass():
    class Broken(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            raise RuntimeError("the cat sat on the keyboard")

    with pytest.raises(RuntimeError, match="the cat sat"):
        fit(network(), images(), epochs=1, callbacks=[Broken()], verbose=False)


def test_more_memory_or_less_for_an_image_fits_more():
    assert out_of_memory.largest_batch(1000, 100, 80) == 10
    assert out_of_memory.largest_batch(2000, 100, 80) > out_of_memory.largest_batch(1000, 100, 80)
    assert out_of_memory.largest_batch(100, 100, 80) == 0


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (None, "A smaller batch, or accumulation"),
        (10, "not even one image fits"),
        (10**15, "but others may use them"),
    ],
)
def test_what_is_known_is_said(monkeypatch, memory, expected):
    monkeypatch.setattr(out_of_memory, "memory", lambda kind: memory)
    found = out_of_memory.explained(MemoryError(), network(), 64, "momentum", "float32", "CPU")
    assert expected in str(found)


def test_a_layer_without_a_formula_leaves_the_estimate_out():
    class Odd(keras.layers.Layer):
        def call(self, x):
            return x

    inputs = keras.Input((4, 4, 3))
    model = keras.Model(inputs, Odd()(inputs))
    found = out_of_memory.explained(MemoryError(), model, 64, "momentum", "float32", "CPU")
    assert "cannot be estimated" in str(found)


def test_the_memory_of_this_machine_is_told():
    found = out_of_memory.memory("CPU")
    assert found is None or 2**27 < found < 2**50
