"""What a training gives: the network, and how it went."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

from cvlabs.counted import counted

Row = dict[str, Any]
COLUMNS = (
    "epoch",
    "loss",
    "training_error",
    "validation_loss",
    "validation_error",
    "learning_rate",
    "images_per_second",
    "seconds",
)
"""Of `Result.history` and `history.csv`: errors are top-1 in percent, the learning rate is that of the last
step of the epoch, seconds are those of training alone."""


@dataclass(frozen=True)
class Result:
    """What `cvlabs.train.fit` gives.

    Args:
        model: The network. It takes pixels, and shares its layers with the one that was passed; auxiliary
            heads are gone.
        history: A row per epoch: `{"epoch": 1, "loss": …, "training_error": …, …}`; see `COLUMNS`. What was
            not measured is `None`.
        recipe: The recipe, as a `Recipe`.
        device: What it was trained on, in a line.
        output: The folder, or `None`.
        classes: Names of the classes, where the data knew them.
    """

    model: keras.Model
    history: tuple[Row, ...]
    recipe: Any
    device: str
    output: Path | None = None
    classes: tuple[str, ...] | None = None

    def column(self, name: str) -> list[Any]:
        """Returns one number of all epochs."""
        if name not in COLUMNS:
            raise ValueError(f"name must be one of {', '.join(COLUMNS)}, got {name!r}.")
        return [row[name] for row in self.history]

    @property
    def best_epoch(self) -> int:
        """The epoch, from 1, with the lowest validation error, or training error where none was measured."""
        measured = "validation_error" if self.history[0]["validation_error"] is not None else "training_error"
        return int(min(self.history, key=lambda row: row[measured])["epoch"])

    def __repr__(self) -> str:
        last = self.history[-1]
        parts = [f"training error {last['training_error']:.2f} %"]
        if last["validation_error"] is not None:
            parts.append(f"validation error {last['validation_error']:.2f} %")
        epochs = counted(last["epoch"], "epoch")
        return f"<Result {self.model.name} after {epochs}: {', '.join(parts)}; {self.device}>"


def to_csv(history: tuple[Row, ...] | list[Row]) -> str:
    """Returns a history as `history.csv` has it, numbers exact."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(history)
    return text.getvalue()
