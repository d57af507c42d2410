"""A loss that is no number any more: which step, and which layer it began in."""

import itertools
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np

from cvlabs.graph import unroll
from cvlabs.train.state import are_finite, arrays_of, restore

Array = Any


class Diverged(FloatingPointError):
    """The loss of a training became infinite or no number.

    Args:
        step: Batches done before the one that failed.
        layer: Name of the layer whose output was the first to be no finite number; `None` if the loss was.
        checkpoint: The last good checkpoint, or `None`.
        message: The same in words.
    """

    def __init__(self, step: int, layer: str | None, checkpoint: Path | None, message: str) -> None:
        super().__init__(message)
        self.step = step
        self.layer = layer
        self.checkpoint = checkpoint


def locate(
    model: keras.Model, arrays: Mapping[str, Array], step: int, batches: Any, checkpoint: Path | None
) -> Diverged:
    """Repeats the steps since a good state one by one, until one fails; the model is left as before that one.

    Args:
        model: The compiled model.
        arrays: The good state.
        step: Batches done in it.
        batches: The batches from there on.
        checkpoint: Where that state is on the disk, or `None`.
    """
    restore(model, arrays)
    good = dict(arrays)
    for done, (images, labels) in zip(itertools.count(step), batches, strict=False):
        logs = model.train_on_batch(images, labels, return_dict=True)
        arrays = arrays_of(model)
        if math.isfinite(logs["loss"]) and are_finite(arrays):
            good = arrays
            continue
        restore(model, good)
        rate = float(model.optimizer.learning_rate)
        layer, what = _first(model, _numpy(images), _numpy(labels))
        return Diverged(done, layer, checkpoint, _message(done, what, rate, checkpoint))
    restore(model, good)
    what = "repeating the steps, which this device does not do exactly, no layer did"
    return Diverged(step, None, checkpoint, _message(step, what, None, checkpoint))


def _first(model: keras.Model, images: Array, labels: Array) -> tuple[str | None, str]:
    """Returns the layer that is first to give what is no finite number, and what that is in words."""
    if not np.isfinite(images).all():
        return None, "the images of the batch, before any layer"
    if (
        not np.isfinite(labels).all()
        or labels.min() < 0
        or (labels.ndim == 1 and labels.max() >= model.output_shape[-1])
    ):
        return None, f"the loss, because of the labels: {labels.min()} to {labels.max()}"
    calls = unroll(model).calls
    taps = keras.Model(model.inputs[0], [call.outputs[0] for call in calls])
    found = keras.tree.flatten(taps(images, training=True))
    for call, output in zip(calls, found, strict=True):
        if _is_finite(output):
            continue
        broken = [v.name for v in getattr(call.layer, "weights", ()) if not _is_finite(v)]
        where = (
            f"in its {' and '.join(broken)}" if broken else "in its output, from finite weights and inputs"
        )
        return call.name, f"the layer {call.name}, {where}"
    return None, "the loss itself, while all layers were finite"


def _message(step: int, what: str, rate: float | None, checkpoint: Path | None) -> str:
    lines = [f"The loss is no finite number at step {step + 1}. First to go: {what}."]
    if checkpoint is not None:
        lines.append(f"Last good checkpoint: {checkpoint}.")
    if rate is not None:
        lines.append(
            f"The learning rate was {rate:g}: a lower one, warmup, or clip_norm=1 in the recipe may help."
        )
    return " ".join(lines)


def _is_finite(tensor: Any) -> bool:
    return bool(np.isfinite(_numpy(tensor)).all())


def _numpy(tensor: Any) -> Array:
    return np.asarray(keras.ops.convert_to_numpy(tensor), "float32")
