"""A training that runs: Keras' `fit`, one epoch at a time, with what has to happen between the batches."""

import itertools
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import keras

from cvlabs.train import checkpoint
from cvlabs.train.atomic import write_text
from cvlabs.train.average import averaged
from cvlabs.train.batches import Batches, for_keras
from cvlabs.train.diverged import Diverged, locate
from cvlabs.train.heads import Heads
from cvlabs.train.hooks import Hooks, ending_unannounced
from cvlabs.train.part import Part
from cvlabs.train.progress import Progress
from cvlabs.train.result import Row, to_csv
from cvlabs.train.schedule import last_rate
from cvlabs.train.state import are_finite, arrays_of

SECONDS_BETWEEN = 120.0
"""Between two checkpoints within an epoch, at least."""

SHARE_OF_TIME = 0.05
"""Of the time of a training that writing checkpoints may take."""


@dataclass
class Training:
    """A training and where it is.

    Args:
        heads: The classifier, compiled.
        batches: What it learns from.
        validation: Gives the batches it is tested on after each epoch, or `None`.
        epochs: Epochs in all.
        output: Folder for checkpoints and history, or `None`.
        identity: What a checkpoint must agree with.
        signal: Tells the signal that asks it to stop, or `None`.
        progress: What it tells.
        is_chief: Whether this process writes.
        is_alone: Whether it can stop when it wants to: there are no other hosts that would wait for it.
        callbacks: Callbacks of the user.
        epoch: Epochs done.
        batch: Batches done of the next one.
        part: What came of them.
        history: Rows of the epochs done.
    """

    heads: Heads
    batches: Batches
    validation: Callable[[], Any] | None
    epochs: int
    output: Path | None
    identity: dict[str, Any]
    signal: Callable[[], int | None]
    progress: Progress
    is_chief: bool = True
    is_alone: bool = True
    callbacks: keras.callbacks.CallbackList | None = None
    epoch: int = 0
    batch: int = 0
    part: Part = field(default_factory=Part)
    history: list[Row] = field(default_factory=list)
    _good: tuple[int, int, dict[str, Any]] | None = None
    _saved: float = 0.0
    _cost: float = 0.0

    @property
    def step(self) -> int:
        """Batches done in all."""
        return self.epoch * self.batches.steps + self.batch

    def some_batches(self) -> Any:
        """Returns batches of training data, always the same where they can be repeated."""
        return self.batches.epoch(0, 0)


def run(training: Training) -> bool:
    """Trains to the end, or until a signal or a callback stops it; returns whether it came to its end."""
    user = training.callbacks
    if user:
        user.on_train_begin()
    while training.epoch < training.epochs:
        if user:
            user.on_epoch_begin(training.epoch)
        if training.batch < training.batches.steps:
            _train(training)
        validation = None if training.signal() else _validate(training)
        if training.signal():
            save(training)
            return False
        row = _row(training, validation)
        training.history.append(row)
        training.epoch, training.batch, training.part = training.epoch + 1, 0, Part()
        training.progress.epoch(row)
        if user:
            user.on_epoch_end(training.epoch - 1, _logs(row))
        stopped = user is not None and training.heads.scores.stop_training
        is_finished = stopped or training.epoch == training.epochs
        if is_finished and user:
            user.on_train_end()
            training._good = None  # a callback may have put other weights back, the best ones
        if is_finished or _can_afford(training):
            save(training, is_finished)
        if is_finished:
            break
    return True


def save(training: Training, is_finished: bool = False) -> None:
    """Writes a checkpoint and the history; where the disk is full, says so and goes on."""
    if training.output is None or not training.is_chief:
        return
    began = time.monotonic()
    good = training._good
    here = good is not None and good[:2] == (training.epoch, training.batch)
    arrays = good[2] if good is not None and here else arrays_of(training.heads.scores)
    if not are_finite(arrays):  # the end of the epoch will tell; until then the last good one is kept
        return
    facts = {
        "training": training.identity,
        "epoch": training.epoch,
        "batch": training.batch,
        "part": asdict(training.part),
        "history": training.history,
        "is_finished": is_finished,
    }
    try:
        checkpoint.write(training.output, training.step, arrays, facts)
        if training.history:
            write_text(training.output / "history.csv", to_csv(training.history))
    except OSError as problem:
        if is_finished:
            raise
        training.progress.say(f"No checkpoint at step {training.step}: {problem}. The training goes on.\n")
    training._saved = time.monotonic()
    training._cost = training._saved - began


def _train(training: Training) -> None:
    """Runs the batches that are left of an epoch."""
    if training._good is None:
        training._good = training.epoch, training.batch, arrays_of(training.heads.scores)
    first, before, began = training.batch, training.part, time.monotonic()
    model, until = training.heads.scores, training.batches.images_until

    def so_far(logs: dict[str, Any]) -> Part:
        images = until(training.batch) - until(first)
        return before.plus(images, float(logs["loss"]), float(logs["error"]), time.monotonic() - began)

    def after_batch(batch: int, logs: dict[str, Any]) -> None:
        training.batch = first + batch + 1
        if training.signal():
            model.stop_training = True
        elif training.progress.is_due():
            part = so_far(logs)
            if not math.isfinite(part.loss):
                model.stop_training = training.is_alone
                return
            training.progress.batch(
                training.epoch,
                training.batch,
                part.loss / part.images,
                part.error / part.images,
                (part.images - before.images) / max(part.seconds - before.seconds, 1e-9),
            )
            if time.monotonic() - training._saved > SECONDS_BETWEEN and _can_afford(training):
                training.part = part
                save(training)
        elif training.batch - first == 1:
            training.progress.is_due()

    hooks = Hooks(after_batch, training.callbacks, model)
    data = for_keras(training.batches.epoch(training.epoch, first))
    with ending_unannounced():
        found = model.fit(
            data,
            initial_epoch=training.epoch,
            epochs=training.epoch + 1,
            # Keras would find the end of a generator by a step that fails, but counts in the optimizer.
            steps_per_epoch=training.batches.steps - first,
            shuffle=False,
            verbose=0,
            callbacks=hooks,
        ).history
    training.part = so_far({name: values[-1] for name, values in found.items()})
    # XLA's maximum on CPUs may drop a NaN, so weights can be lost while the loss is a number.
    if math.isfinite(training.part.loss):
        arrays = arrays_of(model)
        if are_finite(arrays):
            is_whole = training.batch == training.batches.steps
            at = (training.epoch + 1, 0) if is_whole else (training.epoch, training.batch)
            training._good = *at, arrays
            return
    raise _diverged(training)


def _diverged(training: Training) -> Diverged:
    """Goes back to the last good state to find out what happened."""
    model, per_epoch = training.heads.scores, training.batches.steps
    found = checkpoint.latest(training.output) if training.output is not None else None
    epoch, batch, arrays = training._good or (0, 0, {})
    if found is not None and (found.facts["epoch"], found.facts["batch"]) > (epoch, batch):
        epoch, batch, arrays = found.facts["epoch"], found.facts["batch"], dict(found.arrays)
    batches = itertools.chain.from_iterable(
        training.batches.epoch(e, batch if e == epoch else 0) for e in range(epoch, training.epoch + 1)
    )
    return locate(model, arrays, epoch * per_epoch + batch, batches, found.path if found else None)


def _validate(training: Training) -> dict[str, float] | None:
    if training.validation is None:
        return None
    model = training.heads.main

    def after_batch(batch: int, logs: dict[str, Any]) -> None:
        if training.signal():
            model.stop_evaluating = True

    hooks = Hooks(after_batch, None, model)
    with ending_unannounced(), averaged(training.heads.scores, training.some_batches):
        found: dict[str, float] = model.evaluate(
            for_keras(training.validation()), verbose=0, return_dict=True, callbacks=hooks
        )
    return found


def _row(training: Training, validation: dict[str, float] | None) -> Row:
    part = training.part
    found = validation or {}
    return {
        "epoch": training.epoch + 1,
        "loss": part.loss / part.images,
        "training_error": part.error / part.images,
        "validation_loss": found.get("mean_loss"),
        "validation_error": found.get("error"),
        "learning_rate": last_rate(training.heads.scores.optimizer),
        "images_per_second": part.images / max(part.seconds, 1e-9),
        "seconds": part.seconds,
    }


def _logs(row: Row) -> dict[str, float]:
    """Returns a row in the words of Keras' callbacks."""
    names = {
        "loss": "loss",
        "training_error": "error",
        "validation_loss": "val_loss",
        "validation_error": "val_error",
    }
    return {name: row[column] for column, name in names.items() if row[column] is not None}


def _can_afford(training: Training) -> bool:
    """Whether a checkpoint now keeps the writing of them below its share of the time."""
    return training._cost <= SHARE_OF_TIME * (time.monotonic() - training._saved)
