"""The training error of a running training, every few steps: its epochs alone make coarse curves."""

from pathlib import Path
from typing import Any

import keras


class StepErrors(keras.callbacks.Callback):
    """Notes the mean error of each stretch of steps in a file, which a training that goes on goes on with.

    Args:
        path: The file.
        steps: Steps of an epoch; a stretch ends with it, too.
        every: Steps of a stretch.
    """

    def __init__(self, path: Path, steps: int, every: int) -> None:
        super().__init__()
        self._path, self._steps, self._every = path, steps, every
        self._batches, self._sum = 0, 0.0  # at the end of the last stretch, of those since the call began

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Ends a stretch, if it is time."""
        step = int(self.model.optimizer.iterations)
        if batch == 0:
            self._batches, self._sum = 0, 0.0
        if step % self._every and step % self._steps:
            return
        batches = batch + 1
        whole = batches * float((logs or {})["error"])  # Keras gives the mean over all batches of the call
        error = (whole - self._sum) / (batches - self._batches)
        self._batches, self._sum = batches, whole
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{step},{error:.3f}\n")


def read(path: Path) -> dict[int, float]:
    """Returns the error of the stretch that ends with each step; of what was repeated, the last."""
    lines = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines())
    return dict(sorted((int(step), float(error)) for step, error in lines))
