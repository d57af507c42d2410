"""Interruption: whatever stops a training, it goes on and ends as if nothing had happened."""

import os
import signal

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
    assert f"output={str(tmp_path)!r} goes on from there" in out
    again = train(tmp_path, seed=1, verbose=True)
    assert f"step {step}\n" in capsys.readouterr().out
    assert same(undisturbed, again)


def test_a_finished_training_is_not_repeated(tmp_path, undisturbed, capsys):
    train(tmp_path)
    again = train(tmp_path, seed=1, verbose=True, callbacks=[At(1, die)])
    assert "Finished already" in capsys.readouterr().out
    assert same(undisturbed, again)
    assert len(again.history) == 3


def test_resume_false_starts_anew(tmp_path, undisturbed):
    train(tmp_path, seed=1)
    assert same(undisturbed, train(tmp_path, resume=False))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epochs": 4}, "epochs is 3 there and 4 here"),
        ({"batch_size": 8}, "batch is 16 there and 8 here"),
        ({"recipe": RECIPES["finetune"]}, "name is 'fast_cifar' there and 'finetune' here"),
    ],
)
def test_another_training_is_not_overwritten(tmp_path, options, message):
    train(tmp_path)
    with pytest.raises(ValueError, match=message):
        train(tmp_path, **options)
    assert "epoch" in (tmp_path / "history.csv").read_text()
