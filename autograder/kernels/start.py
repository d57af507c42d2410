"""Starts a kernel at a level of isolation: warm if it can, cold otherwise."""

import json
import logging
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any, Literal

from autograder.course import REPOSITORY
from autograder.kernels import mounts, warm
from autograder.kernels.home import KernelHome, furnish
from autograder.kernels.limits import Limits
from autograder.kernels.warm import Zygotes
from autograder.kernels.warm_process import NoZygote, WarmProcess
from autograder.kernels.wrapped import wrap

Level = Literal["namespaces", "bubblewrap", "container", "none"]
_MAPPED, _LOADED = 6_000_000_000, 300_000_000  # bytes that TensorFlow maps, and has for itself, when imported
_UNCOUNTED = 1_000_000  # processes: those of a container are counted by its engine
_END_SECONDS = 30
_LOG = logging.getLogger(__name__)


class ColdProcess(subprocess.Popen[bytes]):
    """A process that was not forked by a zygote."""

    def kill(self) -> None:
        """Kills it and everything that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


class WrappedProcess(ColdProcess):
    """A process in a sandbox that another program makes; it is spoken to through its standard input.

    Args:
        command: What starts it.
        end: See `wrapped.Wrapping`.
        report: A file for its standard output.
        log: A file for its errors, and the most bytes that go there.
    """

    def __init__(
        self, command: list[str], end: list[str], report: IO[bytes], log: tuple[IO[str], int]
    ) -> None:
        self._end = end
        super().__init__(
            command, bufsize=0, stdin=subprocess.PIPE, stdout=report, stderr=log[0], start_new_session=True
        )
        # A container's client writes what comes from inside. It may have ended already; and where bwrap is
        # root's, it cannot be limited, but what is inside writes itself, and has this limit.
        with suppress(OSError):
            resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (log[1], log[1]))

    def send_signal(self, number: int) -> None:
        """Sends a signal to the kernel inside."""
        if self.stdin is not None:
            with suppress(OSError, ValueError):  # it has ended, or its pipe was closed
                self.stdin.write(bytes([number]))

    def poll(self) -> int | None:
        """Returns the exit code, `None` while it runs."""
        code = super().poll()
        if code is not None:
            self._hang_up()
        return code

    def kill(self) -> None:
        """Kills the program that made the sandbox, and whatever of the sandbox does not end with it."""
        self._hang_up()
        super().kill()
        end, self._end = self._end, []
        if end:
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(end, capture_output=True, timeout=_END_SECONDS, check=False)

    def _hang_up(self) -> None:
        if self.stdin is not None:
            self.stdin.close()


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
        furnish(home, home.scratch)
    if level in ("bubblewrap", "container"):
        about = {"role": "kernel", "view": mounts.VIEW, "connection": f"{mounts.RUN}/kernel.json"}
        return start_wrapped(home, level, environment, most, about)
    with home.log.open("w") as log:
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
        request["report"] = str(home.report)
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


def start_wrapped(
    home: KernelHome, level: Level, environment: Mapping[str, str], most: Limits, about: Mapping[str, Any]
) -> WrappedProcess:
    """Starts a process in bubblewrap or in a container.

    Args:
        home: Its home, which gets what it needs.
        level: Which of them.
        environment: The whole environment.
        most: What it may use.
        about: What `child.run` is asked for, besides that.

    Raises:
        OSError: This machine has nothing for that level.
    """
    furnish(home, home.own / "lab")
    own = replace(most, memory=most.memory + _MAPPED)
    if level == "container":  # by the system's count those of the same user outside would be among them
        own = replace(own, processes=_UNCOUNTED)
    watched = replace(most, memory=most.memory + _LOADED)
    request = {**about, "environment": dict(environment), "folder": mounts.LAB}
    request |= {"limits": asdict(own), "watched": asdict(watched)}
    how = wrap(level, home, environment, watched, json.dumps(request))
    with home.log.open("w") as log, home.report.open("wb") as report:
        return WrappedProcess(how.command, how.end, report, (log, most.scratch))


def _write_connection(home: KernelHome, *, isolated: bool) -> None:
    """Writes the kernel's own connection file: the client's, with the sockets where the kernel sees them."""
    about = json.loads(home.connection_file.read_text())
    if isolated:
        about["ip"] = f"{mounts.RUN}/{Path(home.sockets).name}"
    path = home.run / "kernel.json"
    path.unlink(missing_ok=True)  # a kernel that was here before may have left a link
    path.write_text(json.dumps(about))
    path.chmod(0o644)
