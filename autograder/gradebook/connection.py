"""Connections to nbgrader's gradebook: SQLite or PostgreSQL, with errors that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from autograder.course import Course
from autograder.errors import GraderError
from autograder.lock import holders

_EXPECTED = "expected postgresql://USER@HOST/DATABASE"
_SQLITE = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "full",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_ERROR: "empty",
}
_SQLSTATES = {"55P03": "locked", "53100": "full", "42P01": "empty"}
_PAGES_AHEAD = 200  # of 4 KiB: more would save little, and a disk that is almost full has to hold them twice
_KEPT = "what was graded is kept in the journal, and the same command goes on from there"


@contextmanager
def gradebook_connection(course: Course, patience: float, *, is_synced: bool = False) -> Iterator[Connection]:
    """Opens a course's gradebook for recording; transactions write from their beginning.

    Args:
        course: The course.
        patience: Seconds to wait for somebody else who is writing.
        is_synced: Whether the caller writes the course folder's file system to the disk before it counts on
            what it has committed. Then a commit need not wait for the disk, see `_write_ahead`.

    Raises:
        GraderError: The URL cannot be used, there is no gradebook yet, or it is out of reach.
    """
    engine = gradebook_engine(course, patience)
    if engine.dialect.name == "sqlite":
        _write_at_once(engine)
    is_ahead = is_synced and course.db_url is None  # elsewhere it may be on another file system
    try:
        with gradebook_errors(course, patience):
            db = engine.connect()
        with db, _write_ahead(db) if is_ahead else nullcontext():
            yield db
    finally:
        engine.dispose()


def gradebook_engine(course: Course, patience: float) -> Engine:
    """Returns what connects to a course's gradebook; nothing is opened yet.

    Raises:
        GraderError: The URL cannot be used.
    """
    try:
        url = make_url(course.database)
        if url.get_backend_name() == "sqlite":
            return create_engine(url, connect_args={"timeout": patience})
        if url.get_backend_name() == "postgresql":
            waiting = f"-c lock_timeout={patience * 1000:.0f}"
            return create_engine(url, connect_args={"connect_timeout": 10, "options": waiting})
    except ImportError as error:
        raise GraderError(
            f"the gradebook {_where(course)} needs a driver ({error}): pip install 'psycopg[binary]'"
        ) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise GraderError(f"the gradebook's URL cannot be used ({error}); {_EXPECTED}") from error
    raise GraderError(f"the gradebook's URL names {url.get_backend_name()}; {_EXPECTED}")


def check_gradebook(course: Course, patience: float) -> None:
    """Finds out whether nbgrader will be able to open the gradebook, or to make it; makes none.

    Raises:
        GraderError: The URL cannot be used, or the gradebook is out of reach, locked or damaged.
    """
    engine = gradebook_engine(course, patience)
    try:
        if is_there(engine):
            with gradebook_errors(course, patience):
                inspect(engine).get_table_names()
        else:
            _check_place(course, Path(engine.url.database or ""))
    finally:
        engine.dispose()


def _check_place(course: Course, file: Path) -> None:
    if file.exists():
        raise GraderError(f"the gradebook {file} is no file; expected one, or a name that is free")
    if course.db_url and not file.parent.is_dir():
        raise GraderError(f"there is no folder for the gradebook {file}: make it, or mend --database")


@contextmanager
def gradebook_errors(course: Course, patience: float) -> Iterator[None]:
    """Turns the database's errors in the `with` block into ones that say what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _told(course, error, patience) from error


def is_there(engine: Engine) -> bool:
    """Whether there is a file to open, which SQLite would make; only a server knows what it has."""
    return engine.dialect.name != "sqlite" or Path(engine.url.database or "").is_file()


def _write_at_once(engine: Engine) -> None:
    if not is_there(engine):
        raise GraderError(f"there is no gradebook {engine.url.database}: run python -m autograder build")

    @event.listens_for(engine, "connect")
    def _(connection: Any, record: object) -> None:
        connection.isolation_level = None  # sqlite3 would begin a transaction only at the first change

    @event.listens_for(engine, "begin")
    def _(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _write_ahead(db: Connection) -> Iterator[None]:
    """Lets commits append to one file, `gradebook.db-wal`, in the `with` block.

    In SQLite's ordinary mode each waits for the disk three times or more. In this one, a power cut takes the
    last commits back, but never damages the gradebook. Formgraders read it meanwhile. At the end it is one
    file again, which can be copied; where a formgrader has it open, when that is closed.
    """
    raw: Any = db.connection.driver_connection
    patience = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    with suppress(sqlite3.Error):  # somebody is writing: then the ordinary mode has to do
        if _without_waiting(raw, "PRAGMA journal_mode = WAL", patience) == "wal":
            raw.execute("PRAGMA synchronous = NORMAL")
            raw.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_AHEAD}")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):  # somebody has it open
            raw.execute("PRAGMA wal_checkpoint")
            _without_waiting(raw, "PRAGMA journal_mode = DELETE", patience)


def _without_waiting(raw: Any, statement: str, patience: int) -> str:
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        answer: str = raw.execute(statement).fetchone()[0]
    finally:
        raw.execute(f"PRAGMA busy_timeout = {patience}")
    return answer


def _told(course: Course, error: DBAPIError, patience: float) -> GraderError:
    """Returns the error that says what to do about one of the database's."""
    where, cause = _where(course), " ".join(str(error.orig).split())
    if isinstance(error, IntegrityError):
        return GraderError(f"the gradebook {where} was changed by somebody else meanwhile ({cause}); {_KEPT}")
    kind = _kind(error.orig)
    if kind == "locked":
        who = _holders(Path(where)) if isinstance(error.orig, sqlite3.Error) else []
        by = ", ".join(who) or "another program: a formgrader, nbgrader, or a viewer with unsaved changes"
        return GraderError(
            f"the gradebook {where} was locked for {patience:g} seconds by {by}; close it or wait: {_KEPT}"
        )
    if kind == "full":
        return GraderError(f"the gradebook {where} cannot be written ({cause}): make room; {_KEPT}")
    if kind == "empty":
        return GraderError(f"the gradebook {where} holds no labs: run python -m autograder build")
    if kind == "damaged":
        return GraderError(f"the gradebook {where} is damaged ({cause}): put a copy in its place; {_KEPT}")
    advice = "mend that, or the URL after --database" if course.db_url else "mend that"
    return GraderError(f"the gradebook {where} cannot be used: {cause}; {advice}: {_KEPT}")


def _holders(gradebook: Path) -> list[str]:
    """Returns who keeps others from writing; where commits are ahead, the lock is on a file beside it."""
    return holders(gradebook.with_name(f"{gradebook.name}-shm"), "WRITE") or holders(gradebook)


def _kind(cause: object) -> str:
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "")
    return _SQLSTATES.get(getattr(cause, "sqlstate", None) or "", "")


def _where(course: Course) -> str:
    """Returns a gradebook's path, or its URL without the password."""
    url = make_url(course.database)
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string()
