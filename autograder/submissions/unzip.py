"""Unpacks a zip that strangers made: no file outside the target, no links, no flood, and only what is read.

Of other files the names alone are unpacked, which can be told to the student. So neither a data set nor a
bomb beside a notebook takes room.
"""

import io
import stat
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from autograder.errors import GraderError
from autograder.submissions.machine_faults import machine_faults_told
from autograder.submissions.printable import printable

MAX_FILES = 50_000
MAX_FILE_BYTES = 100_000_000
MAX_TOTAL_BYTES = 5_000_000_000
MAX_PARTS = 100
_LINE_BYTES = 1_000  # of the list of files that a zip ends with: more than any name that people give takes
_SKIPPED = ("__MACOSX", ".ipynb_checkpoints", ".DS_Store")


class _LeftOut(Exception):
    """Why one file is not unpacked, which concerns nobody but its owner."""


def unzip(
    path: Path,
    target: Path,
    wanted: Collection[str],
    *,
    max_files: int = MAX_FILES,
    max_bytes: int = MAX_TOTAL_BYTES,
) -> dict[Path, str]:
    """Unpacks `path` into the folder `target`.

    A path of more than `MAX_PARTS` parts is not unpacked. Its first folders are made, empty, and `collect`
    finds them too deep: that concerns one student, and not everybody in the zip of a class.

    Args:
        path: The zip.
        target: The folder.
        wanted: How the names of the files end that are read, in small letters. Others are made empty.
        max_files: How many files it may hold.
        max_bytes: How much is unpacked of all files together. The smallest come first, so that a flood takes
            the room of nobody but its author.

    Returns:
        What was left out, because it is a link, too large, or cannot be a file here: where it would lie, and
        a sentence that says why.

    Raises:
        GraderError: It is no zip, or holds something that a zip of submissions does not hold.
        MachineFault: The disk is full, or something else is wrong with this machine.
    """
    shown = printable(path.name)
    left_out: dict[Path, str] = {}
    try:
        with machine_faults_told(path), _opened(path, max_files) as archive:
            named = {e.filename: e for e in archive.infolist() if not e.is_dir() and not _skipped(e.filename)}
            if len(named) > max_files:
                raise GraderError(f"{shown} holds {len(named):,} files; at most {max_files:,} are unpacked")
            left = max_bytes
            for entry in sorted(named.values(), key=lambda entry: entry.file_size):
                parts = _parts(entry, shown)
                limit = min(left, MAX_FILE_BYTES) if entry.filename.lower().endswith(tuple(wanted)) else None
                try:
                    left -= _extract(archive, entry, target, parts, limit)
                except _LeftOut as reason:
                    left_out[target.joinpath(*parts)] = f"{shown} holds {reason}"
    except GraderError:
        raise
    except Exception as error:  # zipfile passes on whatever its decompressors and decoders raise
        raise GraderError(f"{shown} cannot be unpacked: {error}") from error
    return left_out


@contextmanager
def _opened(path: Path, max_files: int) -> Iterator[zipfile.ZipFile]:
    """Opens a zip, unless its list of files is so long that reading it alone would take the grader's time."""
    with _Listed(io.FileIO(path)) as file:
        file.shown, file.most = printable(path.name), max_files * _LINE_BYTES
        with zipfile.ZipFile(file) as archive:
            file.most = None
            yield archive


class _Listed(io.BufferedReader):
    """A file of which a zip's list is read, which `zipfile` does at once, however long the zip says it is."""

    shown = ""
    most: int | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        if self.most is not None and size is not None and size > self.most:
            told = f"their list has {size:,} bytes; at most {self.most:,} are read"
            raise GraderError(f"{self.shown} holds too many files: {told}")
        return super().read(size)


def _parts(entry: zipfile.ZipInfo, shown: str) -> tuple[str, ...]:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0].endswith(("/", ":")) or "\0" in entry.filename:
        raise GraderError(f"{shown} holds the path {entry.filename!r:.100}, which leads out of the folder")
    return parts


def _extract(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, parts: tuple[str, ...], limit: int | None
) -> int:
    """Unpacks one file, or its name alone if the limit is `None`; returns how many bytes it takes."""
    try:
        with machine_faults_told(target):
            target.joinpath(*parts[:-1][:MAX_PARTS]).mkdir(parents=True, exist_ok=True)
            if len(parts) > MAX_PARTS:
                return 0
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise _LeftOut(f"a link, {entry.filename!r:.100}; links are not followed.")
            destination = target.joinpath(*parts)
            if limit is not None:
                return _write(archive, entry, destination, limit)
            destination.touch()
            return 0
    except OSError as error:
        raise _LeftOut(f"{entry.filename!r:.100}, which cannot be unpacked: {error.strerror}.") from error


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, destination: Path, limit: int) -> int:
    # The size that the entry claims is not to be trusted, so count while unpacking.
    written = entry.file_size
    if written <= limit:
        written = 0
        with archive.open(entry) as source, destination.open("wb") as file:
            while written <= limit and (chunk := source.read(1 << 20)):
                written += len(chunk)
                file.write(chunk)
    if written > limit:
        destination.unlink(missing_ok=True)
        raise _LeftOut(f"{entry.filename!r:.100}, which unpacks to too much: it passes {limit:,} bytes.")
    return written


def _skipped(name: str) -> bool:
    return any(part in _SKIPPED for part in PurePosixPath(name).parts)
