"""The course of the learning rate: warmup, then a factor that falls with the progress of the training.

A schedule is a function from progress (0 at the first step, 1 after the last) to a factor of the peak
learning rate. It knows no epochs, so a training of 10 epochs has the same shape as one of 200.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import keras
from keras import ops

Tensor = Any
Schedule = Callable[[Tensor], Tensor]

saved = keras.saving.register_keras_serializable("cvlabs")
"""Decorates what a model that `fit` compiled is saved with, as `keras.callbacks.ModelCheckpoint` does."""


class _Arguments:
    """What Keras asks of whatever is saved with a model."""

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """Returns the schedule with these arguments."""
        return cls(**{name: tuple(x) if isinstance(x, list) else x for name, x in config.items()})


@saved
@dataclass(frozen=True)
class Constant(_Arguments):
    """Keeps the learning rate."""

    def __call__(self, progress: Tensor) -> Tensor:
        """Returns 1."""
        return ops.ones_like(ops.convert_to_tensor(progress, "float32"))


@saved
@dataclass(frozen=True)
class Steps(_Arguments):
    """Multiplies the learning rate by `factor` at each of some points.

    Reference: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, sections 3.4 and 4.2.

    Args:
        at: The points, as parts of the training: `(0.5, 0.75)` for 32k and 48k of 64k iterations.
        factor: What remains of the learning rate at each.
    """

    at: tuple[float, ...]
    factor: float = 0.1

    def __call__(self, progress: Tensor) -> Tensor:
        """Returns the factor at that progress."""
        progress = ops.convert_to_tensor(progress, "float32")
        passed = sum(ops.cast(progress >= point, "float32") for point in self.at)
        return ops.power(self.factor, passed)


@saved
@dataclass(frozen=True)
class Linear(_Arguments):
    """Falls to 0 in a straight line.

    Reference: Page, "How to Train Your ResNet", 2018, part 1.
    """

    def __call__(self, progress: Tensor) -> Tensor:
        """Returns the factor at that progress."""
        return 1.0 - ops.convert_to_tensor(progress, "float32")


@saved
@dataclass(frozen=True)
class Cosine(_Arguments):
    """Falls to 0 along half a period of a cosine.

    Reference: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017,
    equation 5, without restarts.
    """

    def __call__(self, progress: Tensor) -> Tensor:
        """Returns the factor at that progress."""
        return 0.5 * (1.0 + ops.cos(3.141592653589793 * ops.convert_to_tensor(progress, "float32")))


@saved
class LearningRate(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rate of each step: up from near 0 in a line, then as the schedule says.

    Reference: Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 2.2, for the gradual warmup.

    Args:
        peak: Learning rate at factor 1.
        schedule: What it is multiplied by. It runs over the steps behind the warmup, except `Steps`, whose
            points count from the first step, as the papers give them.
        steps: Steps of the whole training.
        warmup_steps: Steps of the warmup.
        accumulation: Batches of a step. Keras calls a schedule with the number of the batch, also where it
            sums up the gradients of several.
    """

    def __init__(
        self, peak: float, schedule: Schedule, steps: int, warmup_steps: int = 0, accumulation: int = 1
    ) -> None:
        self.peak = peak
        self.schedule = schedule
        self.steps = steps
        self.warmup_steps = warmup_steps
        self.accumulation = accumulation

    def __call__(self, batch: Tensor) -> Tensor:
        """Returns the learning rate of the step that a batch, counted from 0, belongs to."""
        step = ops.floor(ops.cast(batch, "float32") / self.accumulation)
        start = 0 if isinstance(self.schedule, Steps) else self.warmup_steps
        progress = ops.clip((step - start) / max(self.steps - start, 1), 0.0, 1.0)
        rate = self.peak * self.schedule(progress)
        if not self.warmup_steps:
            return rate
        return ops.where(step < self.warmup_steps, self.peak * (step + 1.0) / self.warmup_steps, rate)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments."""
        return {
            "peak": self.peak,
            "schedule": self.schedule,
            "steps": self.steps,
            "warmup_steps": self.warmup_steps,
            "accumulation": self.accumulation,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "LearningRate":
        """Returns the learning rate with these arguments."""
        return cls(**config | {"schedule": keras.saving.deserialize_keras_object(config["schedule"])})


def last_rate(optimizer: keras.Optimizer) -> float:
    """Returns the learning rate of the last step; `optimizer.learning_rate` is that of the next one."""
    inner = getattr(optimizer, "inner_optimizer", optimizer)
    if isinstance(inner._learning_rate, LearningRate):
        summed = inner._learning_rate.accumulation
        # As a tensor: on several devices the variable gives no number.
        batch = inner._iterations // summed * summed - 1  # the last one that completed a step
        return float(inner._learning_rate(ops.maximum(batch, 0)))
    return float(inner.learning_rate)
