"""Interruption: whatever stops a training, it goes on and ends as if nothing had happened."""

import os
import signal
from types import SimpleNamespace

import keras
import numpy as np
import pytest
from small import images, network

from cvlabs.train import fit
from cvlabs.train import training as loop
from cvlabs.train.recipes import RECIPES


class At(keras.callbacks.Callback):
    """Does something after one step of the training."""

    def __init__(self, step, act):
        super().__init__()
        self.left, self.act = step, act

    def on_train_batch_end(self, batch, logs=None):
        self.left -= 1
        if self.left == 0:
            self.act()


class Dead(Exception):
    """Stands for the end of the process: nothing is tidied up after it."""


def die():
    raise Dead


def train(output=None, seed=0, **options):
    return fit(
        network(seed=seed),
        images(),
        images(30, seed=1),
        **{"recipe": "fast_cifar", "epochs": 3, "batch_size": 16, "verbose": False, "output": output}
        | options,
    )


def weights(result):
    return [keras.ops.convert_to_numpy(v) for v in result.model.variables]


def same(a, b):
    return all(np.array_equal(x, y) for x, y in zip(weights(a), weights(b), strict=True))


@pytest.fixture(scope="module")
def undisturbed():
    return train()


@pytest.fixture
def often(monkeypatch):
    """Checkpoints whenever there is time to."""
    monkeypatch.setattr(loop, "SECONDS_BETWEEN", -1.0)
    monkeypatch.setattr(loop, "SHARE_OF_TIME", 1e9)
    monkeypatch.setattr(loop.Progress, "is_due", lambda self: True)


def test_two_undisturbed_trainings_are_the_same(undisturbed):
    assert same(undisturbed, train())
    assert not same(undisturbed, train(seed=1))


@pytest.mark.parametrize("step", [1, 5, 6, 7, 14])
@pytest.mark.usefixtures("often")
def test_a_killed_training_ends_with_the_same_weights(tmp_path, undisturbed, step):
    with pytest.raises(Dead):
        train(tmp_path, callbacks=[At(step, die)])
    again = train(tmp_path, seed=1)  # other initial weights: those of the checkpoint count
    assert same(undisturbed, again)
    for row, expected in zip(again.history, undisturbed.history, strict=True):
        for name in (
            "epoch",
            "loss",
            "training_error",
            "validation_loss",
            "validation_error",
            "learning_rate",
        ):
            assert row[name] == pytest.approx(expected[name], rel=1e-5), name


@pytest.mark.usefixtures("often")
def test_a_smaller_last_batch_counts_for_what_it_is(tmp_path):
    def run(output, **options):
        pixels, labels = images(40)
        data = InBatches(pixels, labels, "train")  # of 16, 16 and 8 images
        return fit(network(), data, epochs=2, recipe="fast_cifar", output=output, verbose=False, **options)

    whole = run(tmp_path / "whole")
    with pytest.raises(Dead):
        run(tmp_path / "stopped", callbacks=[At(2, die)])
    again = run(tmp_path / "stopped")
    for name in ("loss", "training_error"):
        assert again.column(name) == pytest.approx(whole.column(name), rel=1e-5)
    row = whole.history[-1]
    assert row["images_per_second"] * row["seconds"] == pytest.approx(40)


def test_without_a_checkpoint_in_the_epoch_it_starts_anew_with_the_same_weights(tmp_path, undisturbed):
    with pytest.raises(Dead):
        train(tmp_path, callbacks=[At(5, die)])
    assert same(undisturbed, train(tmp_path, seed=1))


@pytest.mark.parametrize(
    ("number", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_a_signal_leaves_a_checkpoint_of_its_step(tmp_path, undisturbed, number, raised, capsys):
    before = signal.getsignal(number)
    with pytest.raises(raised):
        train(tmp_path, callbacks=[At(8, lambda: os.kill(os.getpid(), number))], verbose=True)
    assert signal.getsignal(number) is before
    out = capsys.readouterr().out
    step = int(out.split("at step ")[1].split(".")[0])
    assert step in (8, 9)
    assert f"Run the same again to go on from there; the checkpoint is in {tmp_path}." in out
    again = train(tmp_path, seed=1, verbose=True)
    assert f"step {step}\n" in capsys.readouterr().out
    assert same(undisturbed, again)


def test_a_finished_training_is_not_repeated(tmp_path, undisturbed, capsys):
    train(tmp_path)
    again = train(tmp_path, seed=1, verbose=True, callbacks=[At(1, die)])
    assert "Finished already" in capsys.readouterr().out
    assert same(undisturbed, again)
    assert len(again.history) == 3


@pytest.mark.parametrize("name", ["small", "resnet18"])
@pytest.mark.usefixtures("often")
def test_the_same_call_with_the_same_model_goes_on(tmp_path, capsys, name):
    """As in a notebook: the cell is run again, and the model has been trained since."""

    def run(model, output, **options):
        return fit(model, images(), epochs=3, batch_size=16, output=output, **options)

    def made():
        model = network()
        model.name = name
        return model

    whole = run(made(), tmp_path / "whole")
    model = made()
    with pytest.raises(Dead):
        run(model, tmp_path / "stopped", callbacks=[At(8, die)])
    capsys.readouterr()
    again = run(model, tmp_path / "stopped")
    out = capsys.readouterr().out
    assert "Recipe fast_cifar, as in the checkpoint" in out
    assert "Normalization added, of the training images" in out
    assert same(whole, again)
    run(model, tmp_path / "stopped")
    assert "Finished already" in capsys.readouterr().out


def test_resume_false_starts_anew(tmp_path, undisturbed):
    train(tmp_path, seed=1)
    assert same(undisturbed, train(tmp_path, resume=False))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epochs": 4}, "epochs is 3 there and 4 here"),
        ({"batch_size": 8}, "batch is 16 there and 8 here"),
        ({"recipe": RECIPES["finetune"]}, "the recipe is 'fast_cifar' there and 'finetune' here"),
    ],
)
def test_another_training_is_not_overwritten(tmp_path, capsys, options, message):
    train(tmp_path)
    with pytest.raises(ValueError, match=message):
        train(tmp_path, verbose=True, **options)
    assert capsys.readouterr().out == ""  # no plan of what is not done
    assert "epoch" in (tmp_path / "history.csv").read_text()


def test_other_data_is_not_taken_for_the_same(tmp_path):
    def run(seed=0, split="train", **more):
        pixels, labels = images(seed=seed)
        data = InBatches(pixels, labels, split, **more)
        return fit(network(), data, epochs=1, recipe="fast_cifar", output=tmp_path, verbose=False)

    first = run()
    assert same(first, run())
    for options, message in (
        ({"seed": 1}, "mean of the images is"),
        ({"split": "train[:80%]"}, r"split is 'train' there and 'train\[:80%\]' here"),
        ({"order": 5}, "seed of the data is 0 there and 5 here"),
        ({"augment": ("pad_crop_flip",)}, r"augmentation is \[\] there and \['pad_crop_flip'\] here"),
    ):
        with pytest.raises(ValueError, match=message):
            run(**options)
    with pytest.raises(ValueError, match="split is 'train' there and None here"):
        fit(
            network(),
            images(),
            epochs=1,
            recipe="fast_cifar",
            batch_size=16,
            output=tmp_path,
            verbose=False,
        )


class InBatches:
    """Batches of 16 that know themselves, as those of `cvlabs.data` do."""

    def __init__(self, pixels, labels, split, order=0, augment=()):
        mean, std = pixels.mean(axis=(0, 1, 2)), pixels.std(axis=(0, 1, 2))
        self.info = SimpleNamespace(
            name="mine", split=split, count=len(labels), seed=order,
            mean=tuple(mean.tolist()), std=tuple(std.tolist()),
            classes=("a", "b", "c"), augment=augment, batch_size=16,
        )  # fmt: skip
        self._batches = [(pixels[i : i + 16], labels[i : i + 16]) for i in range(0, len(pixels), 16)]

    def __len__(self):
        return len(self._batches)

    def __iter__(self):
        return iter(self._batches)

    def epoch(self, n, first_batch=0):
        return iter(self._batches[first_batch:])


def test_the_best_weights_that_a_callback_puts_back_stay_when_it_is_called_again(tmp_path):
    def run():
        best = keras.callbacks.EarlyStopping("val_loss", mode="max", patience=1, restore_best_weights=True)
        return train(tmp_path, callbacks=[best], epochs=5)

    first = run()
    assert len(first.history) < 5
    saved = keras.models.load_model(tmp_path / "model.keras").get_weights()
    again = run()
    assert same(first, again)
    for before, after in zip(
        saved, keras.models.load_model(tmp_path / "model.keras").get_weights(), strict=True
    ):
        np.testing.assert_array_equal(before, after)


def test_what_an_interrupted_writing_left_is_removed(tmp_path):
    train(tmp_path)
    left = tmp_path / "checkpoints" / ".step-000000099.unfinished.npz"
    left.write_bytes(b"half")
    train(tmp_path, resume=False)
    assert not left.exists()
