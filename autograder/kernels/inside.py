"""Tries, from inside, what a kernel must not be able to do, and what it must."""

import os
import socket
from pathlib import Path
from tempfile import TemporaryFile

_REACH_SECONDS = 1.0


def look(
    readable: list[str], writable: list[str], mark: str, port: int, scratch: list[str], own: list[str]
) -> dict[str, list[str]]:
    """Returns what could be done that must not be, and what could not that must.

    Args:
        readable: Files that must not be readable.
        writable: Folders in which no file must come into being.
        mark: The name of the file that is tried. It stays, so that it shows outside where it came into being.
        port: A port on which somebody listens outside, on this machine.
        scratch: Folders in which files must come into being.
        own: Files that it must be able to change.
    """
    return {
        "read": [path for path in readable if _reads(path)],
        "written": [path for path in writable if _writes(path, mark)],
        "connected": [f"127.0.0.1:{port}"] if _connects(port) else [],
        "processes": _others(),
        "privileges": _privileges(),
        "missing": [*(path for path in scratch if not _works_in(path)), *(p for p in own if not _changes(p))],
    }


def _reads(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            file.read(1)
    except OSError:
        return False
    return True


def _writes(folder: str, mark: str) -> bool:
    try:
        (Path(folder) / mark).write_bytes(b"x")
    except OSError:
        return False
    return True


def _works_in(folder: str) -> bool:
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError:
        return False
    return True


def _changes(path: str) -> bool:
    try:
        with Path(path).open("r+b") as file:
            file.write(b"x")
    except OSError:
        return False
    return True


def _connects(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_REACH_SECONDS):
            return True
    except OSError:
        return False


def _others() -> list[str]:
    """Processes other than this one, its parent and pid 1."""
    own = {os.getpid(), os.getppid(), 1}
    return [p.name for p in Path("/proc").iterdir() if p.name.isdecimal() and int(p.name) not in own][:20]


def _privileges() -> list[str]:
    status = _status()
    wrong = [f"{name} {status[name]}" for name in ("CapEff", "CapPrm") if int(status.get(name, "0"), 16)]
    return wrong + ([] if status.get("NoNewPrivs") == "1" else ["new privileges can be had"])


def _status() -> dict[str, str]:
    lines = Path("/proc/self/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
