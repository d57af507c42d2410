"""How a training went, from what `fit` returned or from the file that it left."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Column = list[float | None]
ERRORS = ("training_error", "validation_error", "test_error")


def read_history(source: Any) -> dict[str, Column]:
    """Returns the columns of a training's history, by name.

    Args:
        source: What `fit` returned; a `history.csv`, or the folder that it lies in; or rows like
            `{"epoch": 1, "training_error": 63.1}`. Lines of a file that begin with `#` are passed over.

    Returns:
        Numbers, a row per epoch; `None` where something was not measured.

    Raises:
        ValueError: There is no such file, or it is no history.
    """
    if isinstance(source, str | Path):
        return _read(Path(source))
    rows = list(getattr(source, "history", source))
    if not rows or not all(isinstance(row, Mapping) and "epoch" in row for row in rows):
        raise ValueError(
            f"Expected a Result of fit, a history.csv or rows with an epoch, got {type(source).__name__}."
        )
    return {name: [row[name] for row in rows] for name in rows[0]}


def _read(path: Path) -> dict[str, Column]:
    path = path / "history.csv" if path.is_dir() else path
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read as a history: {error}.") from error
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    if not rows or "epoch" not in rows[0]:
        raise ValueError(f"{path} is no history: it has no rows with an epoch.")
    if not set(rows[0]) & set(ERRORS):
        raise ValueError(f"{path} has no errors: there is neither {', '.join(ERRORS[:-1])} nor {ERRORS[-1]}.")
    try:
        return {name: [float(row[name]) if row[name] else None for row in rows] for name in rows[0]}
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path} is damaged: {error}.") from error
