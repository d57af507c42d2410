"""The file of the journal: its tables, how it is opened, and what its errors mean.

Whatever ends the writer, power cuts included, what was stored is there: every commit waits for the disk
(`synchronous = FULL`). That costs a millisecond or less, where a lost outcome costs the seconds that
executing the submission takes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import GraderError

SCHEMA = 1
# `isolation` to `finished` say how the outcome came about, and are written together with it, from its `run`:
# for whoever asks the file itself, since outcomes are packed.
_TABLES = (
    """
    CREATE TABLE submission (
        lab TEXT NOT NULL,
        student TEXT NOT NULL,
        digest TEXT NOT NULL,
        version TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'done', 'could not grade')),
        tries INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '',
        worker TEXT NOT NULL DEFAULT '',
        leased TEXT NOT NULL DEFAULT '',
        isolation TEXT, kernel TEXT, seconds REAL, peak_memory INTEGER, finished TEXT,
        recorded INTEGER NOT NULL DEFAULT 0,
        result TEXT,
        PRIMARY KEY (lab, student)
    )""",
    # Apart, because it is large, and most questions are about the other columns.
    """
    CREATE TABLE outcome (
        lab TEXT NOT NULL, student TEXT NOT NULL, data BLOB NOT NULL,
        PRIMARY KEY (lab, student)
    )""",
)


def open_journal_file(path: Path) -> sqlite3.Connection:
    """Opens the file, and makes it if there is none; commits are for the caller to make.

    Raises:
        GraderError: It cannot be opened, is damaged, or is of a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraderError(f"{path.parent} cannot be made: {error.strerror}") from error
    with told(path):
        db = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            _make_tables(db, path)
        except BaseException:
            db.close()
            raise
    return db


def _make_tables(db: sqlite3.Connection, path: Path) -> None:
    if _version(db, path) == SCHEMA:
        return
    db.execute("BEGIN IMMEDIATE")
    if _version(db, path) == 0:  # nobody else made them while this waited
        for table in _TABLES:
            db.execute(table)
        db.execute(f"PRAGMA user_version = {SCHEMA}")
    db.execute("COMMIT")


def _version(db: sqlite3.Connection, path: Path) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise GraderError(
            f"{path} was written by a newer version of this grader (its format is {version}, this version"
            f" knows {SCHEMA}): grade with that version"
        )
    return version


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns SQLite's errors in the `with` block into ones that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest tells where it happened
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise GraderError(
                f"{path} cannot be written ({error}): make room on the disk and run the same command again;"
                " what was stored before is kept"
            ) from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise GraderError(f"{path} is locked by another program: close it and try again") from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
            raise damaged(path, error) from error
        raise GraderError(f"{path} cannot be used: {error}") from error


def damaged(path: Path, error: Exception) -> GraderError:
    """Returns the error that a damaged journal is told with."""
    return GraderError(
        f"{path} is damaged ({error}): move it away, with {path.name}-wal and {path.name}-shm if they are"
        " there, and grade again; points that were given by hand are in the gradebook and stay"
    )
