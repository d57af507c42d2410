"""A loss that is no number: the step, the layer, and the way back."""

import keras
import numpy as np
import pytest
from keras import layers
from small import images, network

from cvlabs.train import Diverged, Recipe, fit, training


def plain_sgd(learning_rate, weight_decay, **common):
    return keras.optimizers.SGD(learning_rate, **common)


def train(model=None, data=None, output=None, **options):
    recipe = Recipe("test", "none", epochs=3, batch_size=16, learning_rate=0.01, optimizer=plain_sgd)
    return fit(
        model or network(dropout=0), data or images(), recipe=recipe, output=output, verbose=False, **options
    )


def overflowing():
    """A network whose second layer overflows where images are bright."""
    inputs = keras.Input((8, 8, 3))
    x = layers.Rescaling(1.0, name="scale")(inputs)
    x = layers.Conv2D(4, 3, name="first", kernel_initializer="ones", trainable=False)(x)
    huge = keras.initializers.Constant(1e30)
    x = layers.Conv2D(4, 3, name="second", kernel_initializer=huge, trainable=False)(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(inputs, layers.Dense(3, name="logits")(x))


class Bright:
    """Six batches an epoch; one of them has huge pixels."""

    def __init__(self, at, factor=1e10):
        self.at, self.factor = at, factor

    def __len__(self):
        return 6

    def __iter__(self):
        return iter(self.epoch(0, 0))

    def epoch(self, n, first_batch=0):
        pixels, labels = images()
        for i in range(first_batch, 6):
            part = slice(16 * i, 16 * i + 16)
            factor = self.factor if 6 * n + i == self.at else 1e-35
            yield pixels[part].astype("float32") * np.float32(factor), labels[part]


@pytest.mark.parametrize("with_output", [False, True])
def test_the_step_and_the_layer_are_told(tmp_path, with_output, monkeypatch):
    monkeypatch.setattr(training, "SHARE_OF_TIME", 1e9)  # after the first epoch, however slow the disk is
    output = tmp_path if with_output else None
    with pytest.raises(Diverged, match=r"at step 9. First to go: the layer second, in its output") as told:
        train(overflowing(), Bright(at=8), output)
    assert (told.value.step, told.value.layer) == (8, "second")
    if with_output:
        assert told.value.checkpoint == tmp_path / "checkpoints" / "step-000000006.npz"
        assert f"Last good checkpoint: {told.value.checkpoint}." in str(told.value)
    else:
        assert told.value.checkpoint is None


def test_the_network_is_left_as_before_the_step():
    model = overflowing()
    with pytest.raises(Diverged):
        train(model, Bright(at=8))
    assert all(np.isfinite(keras.ops.convert_to_numpy(v)).all() for v in model.variables)


def test_a_learning_rate_that_is_too_high_is_named():
    model = network(dropout=0, norm=False)
    with pytest.raises(Diverged, match=r"The learning rate was 1e\+30: a lower one, warmup, or clip_norm=1"):
        fit(
            model,
            images(),
            recipe=Recipe("test", "none", epochs=2, batch_size=16, learning_rate=1e30),
            verbose=False,
        )


def test_broken_pixels_are_told_from_broken_layers():
    with pytest.raises(Diverged, match="First to go: the images of the batch, before any layer"):
        train(data=Bright(at=2, factor=np.nan))
    pixels, labels = images()
    broken = pixels.astype("float32")
    broken[40:] = np.nan
    with pytest.raises(
        ValueError, match="56 images hold values that are not finite numbers, the first is 40"
    ):
        train(data=(broken, labels))
