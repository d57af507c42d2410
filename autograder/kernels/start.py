"""Starts a kernel at a level of isolation: warm if it can, cold otherwise."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Literal

from autograder.course import REPOSITORY
from autograder.kernels import mounts, warm, wrapped
from autograder.kernels.home import KernelHome, furnish
from autograder.kernels.limits import Limits, by_process
from autograder.kernels.warm import Zygotes
from autograder.kernels.warm_process import NoZygote, WarmProcess

Level = Literal["namespaces", "bubblewrap", "container", "none"]
_LOADED = 6_000_000_000  # bytes that TensorFlow maps when a cold kernel imports it
_LOG = logging.getLogger(__name__)


class ColdProcess(subprocess.Popen[bytes]):
    """A process that was not forked by a zygote."""

    def kill(self) -> None:
        """Kills it and everything that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


def start_kernel(
    home: KernelHome, level: Level, cases: Mapping[str, object], most: Limits, zygotes: Zygotes | None
) -> WarmProcess | ColdProcess:
    """Starts the kernel of a home, whose connection file is there.

    Args:
        home: Its home.
        level: How it is isolated.
        cases: The cases of each check.
        most: What it may use.
        zygotes: Where warm kernels come from; `None` for a cold one.
    """
    isolated = level != "none"
    _write_connection(home, isolated=isolated)
    environment = home.environment(cases, isolated=isolated)
    if not isolated:
        furnish(home)
    with home.log.open("w") as log:
        if level in ("bubblewrap", "container"):
            return _wrapped(home, level, environment, most, log)
        request = kernel_request(home, environment, most, isolated=isolated)
        return start(request, zygotes, log)


def kernel_request(
    home: KernelHome, environment: Mapping[str, str], most: Limits, *, isolated: bool
) -> dict[str, Any]:
    """Returns what `child.run` is asked for."""
    request: dict[str, Any] = {
        "role": "kernel",
        "environment": dict(environment),
        "folder": str(home.scratch),
    }
    request |= {"view": str(home.view), "connection": str(home.run / "kernel.json")}
    if isolated:
        what = mounts.find_mounts(home.run, home.view, home.files, warm.packages())
        plan = {"mounts": asdict(what), "root": str(home.root / "root"), "limits": asdict(most)}
        request |= {"plan": plan, "view": mounts.VIEW, "connection": f"{mounts.RUN}/kernel.json"}
        request["report"] = str(home.peak)
    return request


def start(
    request: Mapping[str, Any], zygotes: Zygotes | None, log: IO[str], out: int | None = None
) -> WarmProcess | ColdProcess:
    """Starts what `request` asks for, by a fork if there is a zygote that works."""
    output = log.fileno() if out is None else out
    if zygotes is not None:
        try:
            with Path(os.devnull).open("rb") as nothing:
                return zygotes.fork(request, [nothing.fileno(), output, log.fileno()])
        except NoZygote as error:
            _LOG.warning("a cold kernel: %s", error)
    program = str(Path(__file__).with_name("cold.py"))
    paths = (str(REPOSITORY), *warm.packages())
    command = [sys.executable, "-I", "-S", program, *paths, "--", json.dumps(request)]
    environment = request["environment"]
    return ColdProcess(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=log,
        cwd="/",
        env=environment,
        start_new_session=True,
    )


def _wrapped(
    home: KernelHome, level: Level, environment: Mapping[str, str], most: Limits, log: IO[str]
) -> ColdProcess:
    what = mounts.find_mounts(home.run, home.view, home.files, warm.packages())
    wrapper = wrap(level, what, environment, most)
    limits = json.dumps(by_process(most, _LOADED))
    program = [sys.executable, "-I", "-S", f"{wrapped.PROGRAMS}/launch.py", limits, mounts.VIEW]
    command = [*wrapper, *program, *warm.packages(), "--", "-f", f"{mounts.RUN}/kernel.json"]
    return ColdProcess(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def wrap(level: Level, what: mounts.Mounts, environment: Mapping[str, str], most: Limits) -> list[str]:
    """Returns the command of a level that a program's command follows.

    Raises:
        OSError: This machine has nothing for that level.
    """
    commands = {"bubblewrap": wrapped.bubblewrap(what, environment)}
    commands["container"] = wrapped.container(what, environment, most)
    command = commands.get(level)
    if command is None:
        needs = {"bubblewrap": "bwrap is not installed"}
        raise OSError(needs.get(level, f"it needs podman or docker, and an image named in {wrapped.IMAGE}"))
    return command


def _write_connection(home: KernelHome, *, isolated: bool) -> None:
    """Writes the kernel's own connection file: the client's, with the sockets where the kernel sees them."""
    about = json.loads(home.connection_file.read_text())
    if isolated:
        about["ip"] = f"{mounts.RUN}/{Path(home.sockets).name}"
    path = home.run / "kernel.json"
    path.write_text(json.dumps(about))
    path.chmod(0o644)
