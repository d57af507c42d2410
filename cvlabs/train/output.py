"""The folder of a training: whether it can be written, before hours of work; and what is in it at the end."""

import tempfile
from pathlib import Path

from cvlabs.train.atomic import replaced, write_text
from cvlabs.train.naming import CLASSES
from cvlabs.train.result import Result, to_csv


def make_writable(folder: Path) -> None:
    """Makes a folder, and writes to it.

    Raises:
        ValueError: It cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"can be written")
    except OSError as error:
        raise ValueError(
            f"output {folder} cannot be written: {error.strerror}. Choose a folder that can."
        ) from error


def write_result(result: Result, folder: Path) -> None:
    """Writes the history, the names of the classes where they are known, and the network.

    Raises:
        OSError: The disk is full, or cannot be written.
    """
    write_text(folder / "history.csv", to_csv(result.history))
    (folder / CLASSES).unlink(missing_ok=True)  # those of the network before: never beside another one
    with replaced(folder / "model.keras") as path:
        result.model.save(path)
    if result.classes is not None:
        write_text(folder / CLASSES, "".join(f"{name}\n" for name in result.classes))
