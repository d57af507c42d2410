"""Unpacks a zip that strangers made: no file outside the target, no links, no flood."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from autograder.errors import GraderError
from autograder.printable import printable

MAX_FILES = 50_000
MAX_FILE_BYTES = 100_000_000
MAX_TOTAL_BYTES = 5_000_000_000
MAX_PARTS = 100
_SKIPPED = ("__MACOSX", ".ipynb_checkpoints", ".DS_Store")


def unzip(path: Path, target: Path, *, max_files: int = MAX_FILES, max_bytes: int = MAX_TOTAL_BYTES) -> None:
    """Unpacks `path` into the folder `target`.

    A path of more than `MAX_PARTS` parts is not unpacked. Its first folders are made, empty, and `collect`
    finds them too deep: that concerns one student, and not everybody in the zip of a class.

    Raises:
        GraderError: It is no zip, or holds something that a zip of submissions does not hold.
    """
    shown = printable(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir() and not _skipped(e.filename)]
            if len(entries) > max_files:
                raise GraderError(f"{shown} holds {len(entries):,} files; at most {max_files:,} are unpacked")
            left = max_bytes
            for entry in entries:
                left -= _extract(archive, entry, target, min(left, MAX_FILE_BYTES), shown)
    except GraderError:
        raise
    except Exception as error:  # zipfile passes on whatever its decompressors and decoders raise
        raise GraderError(f"{shown} cannot be unpacked: {error}") from error


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, limit: int, shown: str) -> int:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0].endswith(("/", ":")) or "\0" in entry.filename:
        raise GraderError(f"{shown} holds the path {entry.filename!r:.100}, which leads out of the folder")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise GraderError(f"{shown} holds a link, {entry.filename!r:.100}; links are refused")
    if len(parts) > MAX_PARTS:
        target.joinpath(*parts[:MAX_PARTS]).mkdir(parents=True, exist_ok=True)
        return 0
    destination = target.joinpath(*parts)
    destination.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    # The size that the entry claims is not to be trusted, so count while unpacking.
    with archive.open(entry) as source, destination.open("wb") as file:
        while chunk := source.read(1 << 20):
            written += len(chunk)
            if written > limit:
                raise GraderError(
                    f"{shown} unpacks to too much: {entry.filename!r:.100} passes {limit:,} bytes"
                )
            file.write(chunk)
    return written


def _skipped(name: str) -> bool:
    return any(part in _SKIPPED for part in PurePosixPath(name).parts)
