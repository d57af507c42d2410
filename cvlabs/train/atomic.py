"""Files that are there as a whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Gives a path to write to; what is there when the `with` statement ends well, takes the name `path`.

    It has the suffix of `path`, since formats go by that. On an error it is removed and `path` stays.

    Raises:
        OSError: As from writing.
    """
    unfinished = path.with_name(f".{path.stem}.unfinished{path.suffix}")
    try:
        yield unfinished
        _on_disk(unfinished)
        unfinished.replace(path)
        _on_disk(path.parent)  # the name, too
    finally:
        unfinished.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Writes a text."""
    with replaced(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def _on_disk(path: Path) -> None:
    if os.name != "posix" and path.is_dir():  # cannot be opened elsewhere
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
