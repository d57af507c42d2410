"""Which isolation this machine can give: tried out, from inside, rather than assumed."""

import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.course import REPOSITORY
from autograder.errors import GraderError
from autograder.kernels import mounts, seccomp, warm
from autograder.kernels.home import KernelHome, kernel_home
from autograder.kernels.limits import Limits
from autograder.kernels.start import ColdProcess, Level, start, start_wrapped
from autograder.kernels.warm import Zygotes

LEVELS: tuple[Level, ...] = ("namespaces", "bubblewrap", "container")
_SECONDS, _COLD_SECONDS = 60, 120
_POLL_SECONDS = 0.05
_GIVEN = "given.txt"
_LOG = logging.getLogger(__name__)
_UNFILTERED = (
    "kernels are isolated by %s, but their system calls are not filtered, so they can use memory that no "
    "limit counts, and reach holes in the operating system: libseccomp is not installed"
)
_WEAKER = "kernels are isolated by %s, where each loads TensorFlow for itself: %s"
_FILLS = (
    "kernels that are isolated by %s can fill the disk that the grader's temporary files are on: there is no "
    "Landlock, which Linux has from 5.13 on"
)


@dataclass(frozen=True)
class Isolation:
    """What was found.

    Args:
        level: The best level that holds; `"none"` if none does.
        filtered: Whether system calls are filtered, too.
        refused: Why each better level does not hold.
    """

    level: Level
    filtered: bool = False
    refused: tuple[str, ...] = ()


def find_isolation(zygotes: Zygotes | None, *, unsafe: bool = False) -> Isolation:
    """Tries the levels, the best first, until one holds.

    Args:
        zygotes: Where warm kernels come from.
        unsafe: Whether strangers' code may run without any isolation.

    Raises:
        GraderError: None holds, and `unsafe` was not asked for.
    """
    refused: list[str] = []
    for level in LEVELS if sys.platform == "linux" or not unsafe else ():
        try:
            breaches = _try(level, zygotes)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            breaches = [str(error)]
        if not breaches:
            found = Isolation(level, seccomp.is_available(), tuple(refused))
            if level != "namespaces":
                _LOG.warning(_WEAKER, level, "; ".join(refused))
            if not found.filtered:
                _LOG.warning(_UNFILTERED, level)
            return found
        refused.append(f"{level}: {'; '.join(breaches)}")
        _LOG.info("no isolation by %s", refused[-1])
    if unsafe:
        return Isolation("none", refused=tuple(refused))
    raise GraderError(
        "this machine cannot isolate the code of strangers, so nothing was run. "
        f"Tried: {'. '.join(refused)}. Install bubblewrap, or allow user namespaces; "
        "--unsafe runs submissions as ordinary processes, which can read and change whatever you can"
    )


def _try(level: Level, zygotes: Zygotes | None) -> list[str]:
    """Returns what a process at this level could do that it must not, in words."""
    with tempfile.TemporaryDirectory(prefix="cvs-") as name, _furnished(Path(name) / "lab") as home:
        canary = Path(name) / "canary"
        canary.write_text("x")
        outside = {name, str(REPOSITORY), sys.prefix, "/usr"}
        mark = f".{Path(name).name}"
        with socket.create_server(("127.0.0.1", 0)) as listener:
            what = {
                "readable": [
                    str(canary),
                    str(REPOSITORY / "pyproject.toml"),
                    str(REPOSITORY / "cvlabs" / "models"),
                ],
                "writable": [*outside, "/", mounts.VIEW, mounts.RUN],
                "mark": mark,
                "port": listener.getsockname()[1],
                "scratch": [mounts.HOME, mounts.LAB, "/tmp", "/dev/shm"],
                "own": [f"{mounts.LAB}/{_GIVEN}"],
            }
            try:
                found = _look(level, home, what, zygotes)
            finally:
                reached = {folder for folder in (*outside, "/") if _take_away(Path(folder) / mark)}
    # What lies below /tmp lies below the private one, too, which may be written to.
    found["written"] = [folder for folder in found["written"] if folder in reached or folder not in outside]
    words = {
        "read": "it can read", "written": "it can write to", "connected": "it reaches",
        "processes": "it sees the processes", "privileges": "it has", "missing": "it cannot write to",
    }  # fmt: skip
    return [f"{words[kind]} {', '.join(things)}" for kind, things in found.items() if things]


@contextmanager
def _furnished(lab: Path) -> Iterator[KernelHome]:
    """Makes the home of a kernel of a lab that has one file."""
    lab.mkdir()
    (lab / _GIVEN).write_text("x")
    with kernel_home(lab) as home:
        yield home


def _take_away(path: Path) -> bool:
    """Removes a file; returns whether there was one."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _look(
    level: Level, home: KernelHome, what: dict[str, Any], zygotes: Zygotes | None
) -> dict[str, list[str]]:
    environment = home.environment({}, isolated=True)
    most = Limits(seconds=_SECONDS)
    if level != "namespaces":
        return _look_wrapped(level, home, environment, what)
    seen = mounts.find_mounts(home.run, home.view, home.files, warm.packages())
    plan = {"mounts": asdict(seen), "root": str(home.root / "root"), "limits": asdict(most)}
    request = {"role": "look", "environment": environment, "plan": plan, "look": what}
    request["report"] = str(home.report)
    reading, writing = os.pipe()
    with home.log.open("w") as log, os.fdopen(reading, encoding="utf-8") as answers:
        process = start(request, zygotes, log, out=writing)
        os.close(writing)
        try:
            code = process.wait(_SECONDS)
        finally:
            with suppress(OSError):
                process.kill()
        if code:
            raise OSError(home.last_words() or f"it ended with {code}")
        return _read(answers.read())


def _look_wrapped(
    level: Level, home: KernelHome, environment: dict[str, str], what: dict[str, Any]
) -> dict[str, list[str]]:
    """Looks from where a kernel would be, with what one needs: the packages and a socket to be reached by."""
    most = Limits(seconds=_COLD_SECONDS)
    name = "look"
    request = {"role": "look", "look": what, "socket": f"{mounts.RUN}/{name}"}
    request["imports"] = ["ipykernel.kernelapp", "tensorflow"]
    process = start_wrapped(home, level, environment, most, request)
    try:
        answer = _hear(home.run / name, process)
        code = process.wait(_COLD_SECONDS)
    finally:
        process.kill()
        process.wait()
    if code:
        raise OSError(home.last_words() or f"it ended with {code}")
    found = _read(answer)
    if mounts.RUN in found["written"]:
        found["written"].remove(mounts.RUN)
        _LOG.warning(_FILLS, level)
    return found


def _hear(path: Path, process: ColdProcess) -> str:
    """Returns what a process says to whoever connects to its socket; nothing if it ends before."""
    while process.poll() is None:
        with socket.socket(socket.AF_UNIX) as connection, suppress(FileNotFoundError, ConnectionError):
            connection.settimeout(_COLD_SECONDS)
            connection.connect(str(path))
            with connection.makefile(encoding="utf-8") as file:
                return file.read()
        time.sleep(_POLL_SECONDS)
    return ""


def _read(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(text.strip().splitlines()[-1] if text.strip() else "{}")
    if not found:
        raise OSError("it said nothing")
    return found
