"""Which isolation this machine can give: tried out, from inside, rather than assumed."""

import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.course import REPOSITORY
from autograder.errors import GraderError
from autograder.kernels import inside, mounts, seccomp, warm, wrapped
from autograder.kernels.home import KernelHome, kernel_home
from autograder.kernels.limits import Limits
from autograder.kernels.start import Level, start, wrap
from autograder.kernels.warm import Zygotes

LEVELS: tuple[Level, ...] = ("namespaces", "bubblewrap", "container")
_SECONDS = 60
_LOG = logging.getLogger(__name__)
_UNFILTERED = (
    "kernels are isolated by %s, but their system calls are not filtered, so they can use memory that no "
    "limit counts, and reach holes in the operating system: %s"
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
            found = Isolation(level, level == "namespaces" and seccomp.is_available(), tuple(refused))
            if not found.filtered:
                why = "; ".join(found.refused) or "libseccomp is not installed"
                _LOG.warning(_UNFILTERED, level, why)
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
    with kernel_home(None) as home, tempfile.TemporaryDirectory(prefix="cvs-") as name:
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
                "writable": [*outside, "/", mounts.VIEW],
                "mark": mark,
                "port": listener.getsockname()[1],
            }
            try:
                found = _look(level, home, what, zygotes)
            finally:
                reached = {folder for folder in (*outside, "/") if _take_away(Path(folder) / mark)}
    # What lies below /tmp lies below the private one, too, which may be written to.
    found["written"] = [folder for folder in found["written"] if folder in reached or folder not in outside]
    words = {
        "read": "it can read", "written": "it can write to", "connected": "it reaches",
        "processes": "it sees the processes", "privileges": "it has",
    }  # fmt: skip
    return [f"{words[kind]} {', '.join(things)}" for kind, things in found.items() if things]


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
    seen = mounts.find_mounts(home.run, home.view, None, warm.packages())
    most = Limits(seconds=_SECONDS)
    if level != "namespaces":
        program = [sys.executable, "-I", "-S", f"{wrapped.PROGRAMS}/{Path(inside.__file__).name}"]
        command = [*wrap(level, seen, environment, most), *program, json.dumps(what)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        if run.returncode:
            raise OSError(run.stderr.strip()[-300:] or f"it ended with {run.returncode}")
        return _read(run.stdout)
    plan = {"mounts": asdict(seen), "root": str(home.root / "root"), "limits": asdict(most)}
    request = {"role": "look", "environment": environment, "plan": plan, "look": what}
    request["report"] = str(home.peak)
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


def _read(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(text.strip().splitlines()[-1] if text.strip() else "{}")
    if not found:
        raise OSError("it said nothing")
    return found
