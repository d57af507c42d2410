"""What a training says while it runs: a line per epoch, and on a terminal or in a notebook one that moves.

An evaluation has the line that moves alone.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_WIDTH = 110
_EVERY = 0.5  # seconds between two looks at the loss, which on a GPU waits for the step to end


@dataclass
class Progress:
    """Where a training is, for its reader.

    Args:
        epochs: Epochs of the training.
        steps: Batches of an epoch.
        batch_size: Images of a batch.
        say: What takes the text; it ends in a newline, or in a carriage return for a line that moves.
    """

    epochs: int
    steps: int
    batch_size: int
    say: Callable[[str], Any]
    _rates: list[float] = field(default_factory=list)
    _moved: float = 0.0

    def is_due(self) -> bool:
        """Whether it is time for another look."""
        now = time.monotonic()
        if now - self._moved < _EVERY:
            return False
        self._moved = now
        return True

    def batch(self, epoch: int, batch: int, loss: float, error: float, rate: float) -> None:
        """Tells about a part of an epoch, counted from 0; `rate` is in images per second."""
        if not _moves():
            return
        left = duration(self._left(epoch, batch, rate))
        line = (
            f"epoch {epoch + 1}/{self.epochs}  batch {batch}/{self.steps}  loss {loss:.3f}  training error "
            f"{error:.1f} %  {rate:,.0f} images/s  {left} left"
        )
        self.say(f"\r{line:{_WIDTH}}\r")

    def epoch(self, row: dict[str, Any]) -> None:
        """Tells about a whole epoch."""
        validation = row["validation_error"]
        parts = [
            f"epoch {row['epoch']:{len(str(self.epochs))}}/{self.epochs}  loss {row['loss']:.4f}",
            f"training error {row['training_error']:.2f} %",
            *([] if validation is None else [f"validation error {validation:.2f} %"]),
            f"{row['images_per_second']:,.0f} images/s",
        ]
        if row["epoch"] < self.epochs:
            left = self._left(row["epoch"], 0, row["images_per_second"])
            parts.append(f"{duration(left)} left")
        line = "  ".join(parts)
        self.say(f"\r{line:{_WIDTH}}".rstrip() + "\n" if _moves() else line + "\n")

    def _left(self, epoch: int, batch: int, rate: float) -> float:
        batches = (self.epochs - epoch) * self.steps - batch
        return batches * self.batch_size / max(rate, 1e-9)


@dataclass
class EvaluationProgress:
    """Where an evaluation is; nothing of it stays.

    Args:
        images: Images to look at; `None` if unknown.
        say: As for `Progress`.
    """

    images: int | None
    say: Callable[[str], Any]
    _began: float = field(default_factory=time.monotonic)
    _moved: float = 0.0

    def batch(self, done: int, error: float) -> None:
        """Tells how many images are done, and the top-1 error of these in percent; twice a second at most."""
        now = time.monotonic()
        if not _moves() or now - max(self._moved, self._began) < _EVERY:
            return
        self._moved = now
        rate = done / (now - self._began)
        of, left = "", ""
        if self.images is not None:
            of, left = f" of {self.images:,}", f"  {duration((self.images - done) / rate)} left"
        line = f"{done:,}{of} images  top-1 error {error:.1f} %  {rate:,.0f} images/s{left}"
        self.say(f"\r{line:{_WIDTH}}\r")

    def end(self) -> None:
        """Takes the line away."""
        if self._moved:
            self.say(f"\r{'':{_WIDTH}}\r")


def duration(seconds: float) -> str:
    """Returns a time as a reader wants it: 0:45, 12:03, 3:20:00, 2 days 4:00:00.

    Example:
        >>> duration(45), duration(3 * 3600 + 20 * 60)
        ('0:45', '3:20:00')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    text = f"{hours}:{minutes:02}:{rest:02}" if hours or days else f"{minutes}:{rest:02}"
    return f"{days} day{'s' if days > 1 else ''} {text}" if days else text


def say(text: str) -> None:
    """Writes to the standard output, at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def silent(text: str) -> None:
    """Says nothing."""


def _moves() -> bool:
    """Whether the reader sees lines that move: on a terminal, and in a notebook."""
    return sys.stdout.isatty() or "ipykernel" in sys.modules
