"""Replaces several files at once, as far as a file system can: everything that takes space comes first."""

import ctypes
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

READ_ONLY = 0o444  # as nbgrader leaves what it made


@contextmanager
def drafts(files: Mapping[Path, bytes | None]) -> Iterator[Callable[[], None]]:
    """Writes each file beside its place.

    Args:
        files: What each file is to hold; `None` if it is to be removed.

    Yields:
        A function that puts all of them in place. What it was not called for is removed at the end of the
        `with` block; after a crash a draft may stay, until the same file is written again.
    """
    written = {
        path: path.with_name(f".{path.name}.draft") for path, data in files.items() if data is not None
    }

    def put_in_place() -> None:
        for path in files:
            if path in written:
                written.pop(path).replace(path)
            else:
                path.unlink(missing_ok=True)

    try:
        for folder in {path.parent for path in written}:
            folder.mkdir(parents=True, exist_ok=True)
        for path, draft in written.items():
            _write(draft, files[path] or b"")
        yield put_in_place
    finally:
        for draft in written.values():
            draft.unlink(missing_ok=True)


def _write(draft: Path, data: bytes) -> None:
    draft.unlink(missing_ok=True)
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_ONLY)
    with os.fdopen(file, "wb") as stream:
        stream.write(data)


def sync(folder: Path) -> None:
    """Waits until all that was written to the file system of a folder is on the disk.

    For a batch of small files that takes a tenth of the time of waiting for one after the other.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):  # Linux alone has it
        os.sync()
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        if libc.syncfs(file):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(file)
