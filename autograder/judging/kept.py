"""Evidence of our own implementations, kept as files, so that all judges of a machine compute it once.

One file for each key: a checksum, then JSON. What is damaged, missing or of another version of the grader
is computed again. Kernels that run students' code do not see the folder.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.versions import grader_version

if TYPE_CHECKING:  # importing it loads Keras
    from cvlabs.checks.ours import Key, Record, Remember

MOST_BYTES = 256 << 20  # of all versions together; the evidence of three labs takes some 100 MiB
_WRITES_BETWEEN_LOOKS = 200


@cache
def kept_evidence() -> "Remember":
    """Returns the memory of this machine for this version of the grader."""
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return keeper(Path(caches) / "cvlabs" / "evidence", grader_version())


def keeper(root: Path, version: str, most: int = MOST_BYTES) -> "Remember":
    """Returns a function that gives the record of a key, from a file if there is a sound one.

    Args:
        root: The folder for all versions; it is made.
        version: The version whose records are good.
        most: How many bytes the files may have together; beyond, the oldest go. Looked at now and then.
    """
    folder = root / version
    writes = 0

    def remember(key: "Key", compute: "Callable[[], Record]") -> "Record":
        nonlocal writes
        path = folder / hashlib.sha256("\0".join(key).encode()).hexdigest()
        record = _read(path)
        if record is None:
            record = compute()
            with suppress(OSError):  # a full disk, or one that is read-only
                _write(path, record)
                if writes % _WRITES_BETWEEN_LOOKS == 0:
                    _shrink(root, most)
                writes += 1
        return record

    return remember


def _read(path: Path) -> "Record | None":
    try:
        checksum, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        return None
    record: Record = json.loads(body)
    return record


def _write(path: Path, record: "Record") -> None:
    """Writes a file that is there as a whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = json.dumps(record).encode()
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            file.flush()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _shrink(root: Path, most: int) -> None:
    """Deletes the oldest files until they take three quarters of `most`, if they take more than `most`."""
    files = []
    for path in root.glob("*/*"):
        with suppress(OSError):  # another judge deletes, too
            about = path.stat()
            files.append((about.st_mtime_ns, about.st_size, path))
    total = sum(size for _, size, _ in files)
    if total <= most:
        return
    for _, size, path in sorted(files):
        if total <= most * 3 // 4:
            return
        path.unlink(missing_ok=True)
        total -= size
