"""Checkpoints: a file each, written beside the last and moved into place, so there is always a whole one."""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cvlabs.train.atomic import replaced

Array = Any

FOLDER = "checkpoints"
KEPT = 2
_FACTS = "facts.json"


@dataclass(frozen=True)
class Checkpoint:
    """A state of a training.

    Args:
        path: The file.
        arrays: Values of variables, by name.
        facts: What else there is to know; plain data.
    """

    path: Path
    arrays: Mapping[str, Array]
    facts: dict[str, Any]


def write(output: Path, step: int, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> Path:
    """Writes a checkpoint, and removes all but the last two.

    The file gets its name after all of it is on the disk: whatever happens in between, the last one stays.

    Args:
        output: Folder of the training.
        step: Number of the step, which names the file.
        arrays: Values of variables, by name.
        facts: Plain data.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"step-{step:09}.npz"
    entries = {**arrays, _FACTS: np.frombuffer(json.dumps(facts).encode(), "uint8")}
    with replaced(path) as unfinished, unfinished.open("wb") as file:
        np.savez(file, allow_pickle=False, **entries)
    for old in _files(output)[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def latest(output: Path) -> Checkpoint | None:
    """Returns the last checkpoint that can be read, or `None` where there is none."""
    for path in reversed(_files(output)):
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            facts = json.loads(arrays.pop(_FACTS).tobytes())
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            continue  # damaged on the disk, or by hand; the one before it is whole
        return Checkpoint(path, arrays, facts)
    return None


def remove(output: Path) -> None:
    """Removes the checkpoints of a training, and what an interrupted writing left."""
    for pattern in ("step-*", ".step-*"):
        for path in (output / FOLDER).glob(pattern):
            path.unlink(missing_ok=True)


def _files(output: Path) -> list[Path]:
    return sorted((output / FOLDER).glob("step-*.npz"))
