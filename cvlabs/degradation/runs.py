"""Runs of the degradation experiment (He et al. 2016, section 4.2), read from their files."""

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("epoch", "step", "training_error", "test_error")
_KINDS = {"plain": "plain", "resnet": "residual"}
_EPOCHS_OF_A_POINT = 0.1
_STEM = re.compile(
    r"(?P<network>\w+)-(?P<epochs>\d+)epochs(-(?P<warmup>\d+(\.\d+)?)warmup)?-seed(?P<seed>\d+)"
)


@dataclass(frozen=True)
class Run:
    """One training.

    Args:
        network: Its name, such as `resnet56_cifar`.
        epochs: Passes over the training images.
        warmup: Epochs in which the learning rate rises; 0 if it starts where the paper's does.
        seed: Of initial values, order and crops.
        notes: How it was made: command, versions, device, data, recipe.
        rows: Errors in percent by column; NaN where a row has none. The training error is the mean over the
            augmented batches since the row before; the test error is there at the end of each epoch.
    """

    network: str
    epochs: int
    warmup: float
    seed: int
    notes: tuple[str, ...]
    rows: tuple[dict[str, float], ...]

    @property
    def layers(self) -> int:
        """How many layers with weights it has, shortcuts left out."""
        return int("".join(filter(str.isdigit, self.network)))

    @property
    def label(self) -> str:
        """Kind and depth, and whether there was a warmup, in words."""
        kind = next(word for prefix, word in _KINDS.items() if self.network.startswith(prefix))
        return f"{kind}, {self.layers} layers" + (", warmup" if self.warmup else "")

    def curve(self, column: str) -> list[tuple[float, float]]:
        """Returns (epoch, error) of a column; of training errors, the means over tenths of an epoch.

        Raises:
            ValueError: There is no such column.
        """
        if column not in COLUMNS[2:]:
            raise ValueError(f"Unknown error {column!r}: expected training_error or test_error.")
        points = [(row["epoch"], row[column]) for row in self.rows if not math.isnan(row[column])]
        return points if column == "test_error" else _means(points)


def run_name(network: str, epochs: int, warmup: float, seed: int) -> str:
    """Returns the name of a run's file, without `.csv`."""
    return f"{network}-{epochs}epochs" + (f"-{warmup:g}warmup" if warmup else "") + f"-seed{seed}"


def read_run(path: Path) -> Run:
    """Returns what a file holds.

    Raises:
        ValueError: Its name or its columns are not those of a run.
    """
    name = _STEM.fullmatch(path.stem)
    if name is None:
        raise ValueError(f"{path} is not named as a run: expected {run_name('NETWORK', 4, 1, 0)}.csv.")
    lines = path.read_text(encoding="utf-8").splitlines()
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    try:
        rows = tuple({column: float(row[column] or "nan") for column in COLUMNS} for row in table)
    except (ValueError, KeyError) as error:
        raise ValueError(
            f"{path} is not a run: expected numbers for {', '.join(COLUMNS)} ({error})."
        ) from error
    notes = tuple(line.removeprefix("# ") for line in lines if line.startswith("#"))
    warmup = float(name["warmup"] or 0)
    return Run(name["network"], int(name["epochs"]), warmup, int(name["seed"]), notes, rows)


def runs(folder: Path = Path(__file__).parent) -> list[Run]:
    """Returns all runs of a folder, by epochs, layers, kind, warmup and seed; by default the package's."""
    found = [read_run(path) for path in folder.glob("*-*epochs-*.csv")]
    return sorted(found, key=lambda run: (run.epochs, run.layers, run.network, run.warmup, run.seed))


def curves(column: str = "training_error") -> dict[str, list[tuple[float, float]]]:
    """Returns the package's runs as lines for `cvlabs.plot.lines`: `{"plain, 20 layers": [(epoch, error)]}`.

    Args:
        column: `"training_error"` or `"test_error"`, in percent.

    Raises:
        ValueError: There is no such column.
    """
    return {run.label: run.curve(column) for run in sorted(runs(), key=lambda run: (run.label, run.seed))}


def _means(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The mean of the points of each tenth of an epoch, at the last of them."""
    parts: dict[int, list[tuple[float, float]]] = {}
    for epoch, error in points:
        parts.setdefault(math.ceil(round(epoch / _EPOCHS_OF_A_POINT, 6)), []).append((epoch, error))
    return [(part[-1][0], sum(error for _, error in part) / len(part)) for part in parts.values()]
