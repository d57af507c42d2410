"""What hostile code may leave behind: changed files, processes, connections."""

import ctypes
import hashlib
import os
import select
import socket
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def contents(*folders: Path) -> dict[str, str]:
    """Returns a hash of every file below some folders."""
    found = {}
    for path in _files(*folders):
        if path.is_symlink():
            found[str(path)] = f"-> {path.readlink()}"
        elif path.is_file():
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[str(path)] = "neither file nor link"
    return found


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Returns the size and the time of every file below a folder; faster than `contents`."""
    stats = {str(path): path.lstat() for path in _files(folder)}
    return {path: (found.st_size, found.st_mtime_ns) for path, found in stats.items()}


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for root, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if name != "__pycache__"]  # every import writes there
            yield from (Path(root, name) for name in names)


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Says in words how two snapshots differ."""
    gone = [f"{path} is gone" for path in sorted(before.keys() - after.keys())]
    new = [f"{path} is new" for path in sorted(after.keys() - before.keys())]
    both = sorted(before.keys() & after.keys())
    return gone + new + [f"{path} was changed" for path in both if before[path] != after[path]]


@contextmanager
def listeners(folder: Path) -> Iterator[tuple[dict[str, object], dict[str, socket.socket]]]:
    """Listens in every way that a program on this machine can; see `contacts`."""
    with ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=100))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        file = stack.enter_context(socket.socket(socket.AF_UNIX))
        file.bind(str(folder / "s"))
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind(f"\0cvlabs-{os.getpid()}")
        for one in (file, abstract):
            one.listen(100)
        places = {
            "tcp_port": tcp.getsockname()[1],
            "udp_port": udp.getsockname()[1],
            "unix_socket": folder / "s",
            "abstract_socket": f"cvlabs-{os.getpid()}",
        }
        yield places, {"TCP": tcp, "UDP": udp, "a unix socket": file, "an abstract socket": abstract}


def contacts(sockets: Mapping[str, socket.socket]) -> list[str]:
    """Returns on which sockets somebody came by, now or earlier: nobody was let in or read."""
    ready, _, _ = select.select(list(sockets.values()), [], [], 0)
    return [f"somebody reached {name}" for name, one in sockets.items() if one in ready]


@contextmanager
def adopting() -> Iterator[None]:
    """Makes orphans among this process's descendants its children, so that none gets out of sight."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def descendants(apart_from: Collection[int] = ()) -> dict[int, str]:
    """Returns the living descendants of this process, with their command lines.

    Args:
        apart_from: Processes that do not count, nor their own descendants.
    """
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text(errors="replace").rpartition(") ")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(path.parent.name)] = int(parent)
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours - {*apart_from}:
        ours |= more
    return {pid: _command(pid) for pid in ours - {os.getpid()}}


def lives(pid: int) -> bool:
    """Whether a process is at work; one that has ended may wait for somebody to ask how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def runs(command: str) -> bool:
    """Whether there is a process with this command line."""
    return command in (_command(int(path.name)) for path in Path("/proc").glob("[0-9]*"))


def ends(command: str, seconds: float = 60.0) -> bool:
    """Whether every process with this command line comes to its end; killed ones take a moment to."""
    deadline = time.monotonic() + seconds
    while runs(command):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""
