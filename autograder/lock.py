"""Who may write: one grading run per course; and who holds a file that is locked."""

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path

from autograder.errors import GraderError

_held: set[int] = set()


@contextmanager
def grading_lock(root: Path) -> Iterator[None]:
    """Keeps every other run away from the course in `root` for the time of the `with` block.

    The lock ends with the process that holds it, however that dies; the file stays, and says who was last.

    Raises:
        GraderError: Another run is grading this course, or the folder cannot be locked.
    """
    path = root / "grading.lock"
    try:
        root.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise GraderError(f"{path} cannot be opened: {error.strerror}") from error
    _not_for_children()
    try:
        _lock(file, path)
        _held.add(file)
        _write(
            file, f"process {os.getpid()} on {socket.gethostname()}, since {datetime.now():%Y-%m-%d %H:%M}\n"
        )
        yield
        _write(file, "")
    finally:
        _held.discard(file)
        os.close(file)


def _lock(file: int, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise GraderError(f"another run is grading this course{_who(file)}: wait for it or stop it") from None
    except OSError as error:
        raise GraderError(
            f"{path} cannot be locked ({error.strerror}): put the course on a disk of this machine"
        ) from error


def _who(file: int) -> str:
    for _ in range(100):
        if who := os.pread(file, 1000, 0).decode(errors="replace").strip():
            return f" ({who})"
        time.sleep(0.05)  # it has the lock, and will have written its name in a moment
    return ""


def _write(file: int, text: str) -> None:
    with suppress(OSError):  # on a full disk the lock still holds, it only cannot say whose it is
        os.ftruncate(file, 0)
        os.pwrite(file, text.encode(), 0)


@cache
def _not_for_children() -> None:
    """Lets forked children close the file: while one of them had it, the lock would outlive the run."""
    os.register_at_fork(after_in_child=_close_all)


def _close_all() -> None:
    while _held:
        with suppress(OSError):
            os.close(_held.pop())


def holders(path: Path, *kinds: str) -> list[str]:
    """Returns the processes that hold a lock on a file, as `jupyter-lab (process 41)`; Linux only.

    Args:
        path: The file.
        kinds: `"READ"`, `"WRITE"`; both if none is named.
    """
    try:
        status = path.stat()
        lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    except OSError:
        return []
    file = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    found: dict[int, str] = {}
    for line in lines:  # 12: POSIX  ADVISORY  WRITE 41 fd:01:8912 1073741826 1073742335
        fields = line.split()
        if (
            len(fields) == 8
            and fields[5] == file
            and fields[4].isdecimal()
            and fields[3] in (kinds or fields)
        ):
            pid = int(fields[4])
            with suppress(OSError):
                name = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip()
                found[pid] = f"{name} (process {pid})"
    return [found[pid] for pid in sorted(found)]
