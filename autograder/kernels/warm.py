"""The zygote of a process: has one kept at a socket, or borrows another process's, and asks for forks."""

import atexit
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.course import REPOSITORY
from autograder.kernels.warm_process import NoZygote, WarmProcess, fork

START_SECONDS = 120  # for an answer, too: a zygote may have died, and another one be on its way
_END_SECONDS = 10  # for a zygote whose supervisor was killed
CHILDREN = 500  # after so many a fresh zygote takes over: forks leave traces, if few
_PASSED_ON = ("PATH", "TZ", "OMP_NUM_THREADS", "LD_LIBRARY_PATH")
_LOG = logging.getLogger(__name__)
_LOG_NAME = "log"  # beside the socket


def environment() -> dict[str, str]:
    """Returns the environment that a kernel's Python starts with, warm or cold: an allow-list."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed_on | {
        "LANG": "C.UTF-8",
        "KERAS_BACKEND": os.environ.get("KERAS_BACKEND", "tensorflow"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",  # the same numbers on every machine
        "MPLBACKEND": "agg",  # figures are made but not drawn: they decide nothing and take seconds
    }


def packages() -> tuple[str, ...]:
    """Returns the folders with the installed packages."""
    return tuple(p for p in sys.path if Path(p).name in ("site-packages", "dist-packages"))


class Zygote:
    """A zygote that this process started, with the supervisor that replaces it; see `supervisor`."""

    def __init__(self) -> None:
        self._environment = environment()
        self._folder = tempfile.mkdtemp(prefix="cvz-")
        self.path = Path(self._folder) / "s"
        program = str(Path(__file__).with_name("supervisor.py"))
        command = [sys.executable, "-I", "-S", program, str(self.path), str(CHILDREN)]
        command += [str(REPOSITORY), *packages()]
        home = {"HOME": self._folder, "TMPDIR": self._folder}
        try:
            with (self.path.parent / _LOG_NAME).open("w") as file:
                self._process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=file, stderr=file, cwd="/",
                    env=self._environment | home, start_new_session=True,
                )  # fmt: skip
        except OSError:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    @property
    def is_fit(self) -> bool:
        """Whether the next fork may come from it."""
        return self._process.poll() is None and self._environment == environment()

    def close(self) -> None:
        """Ends it, and with it every process that it forked."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        _await_silence(self.path)  # what the system ends with it may still be making files here
        shutil.rmtree(self._folder, ignore_errors=True)


@dataclass(frozen=True)
class Lent:
    """A zygote that another process started, and ends.

    Args:
        path: Its socket.
    """

    path: Path

    @property
    def is_fit(self) -> bool:
        """Whether the next fork may come from it."""
        return self.path.parent.is_dir()

    def close(self) -> None:
        """Leaves it alone."""


class Zygotes:
    """The zygote of this process: another one when it does not work, and none when that does not either."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: Zygote | Lent | None = None
        self._old: list[Zygote | Lent] = []
        self._failures = 0  # of the current one, one after the other
        self._given_up = 0  # how many did not work, one after the other

    def borrow(self, path: Path) -> None:
        """Takes another process's zygote as the first: it is loaded once, and its memory shared.

        Args:
            path: Its socket, which `path` of the other process's zygotes tells.
        """
        with self._lock:
            self._retire()
            self._current = Lent(path)

    @property
    def path(self) -> Path:
        """The socket of the current one; starts it if none is running, without waiting for it.

        If none can be started, it is one that is not there: whoever borrows that tries for itself.
        """
        with self._lock:
            try:
                return self._fit().path
            except OSError as error:
                _LOG.warning("no zygote can be started: %s", error)
                return Path(tempfile.gettempdir()) / "cvz-none" / "s"

    def fork(self, request: Mapping[str, Any], streams: Sequence[int]) -> WarmProcess:
        """Forks from a zygote.

        Raises:
            NoZygote: Two in a row did not work. It is not tried again.
        """
        with self._lock:
            while self._given_up < 2:
                try:
                    zygote = self._fit()
                except OSError as error:
                    raise NoZygote(f"none can be started: {error}") from error
                try:
                    _wait(zygote)
                    process = fork(zygote.path, request, streams, START_SECONDS)
                except NoZygote as error:
                    _LOG.warning("the zygote does not work: %s; %s", error, _last_words(zygote.path))
                    self._failures += 1
                    if self._failures == 2 or not zygote.is_fit:  # one that died is being replaced
                        self._retire()
                        self._given_up += 1
                else:
                    self._failures = self._given_up = 0
                    return process
        raise NoZygote("kernels start cold, since no zygote works; see the log")

    def close(self) -> None:
        """Ends all."""
        with self._lock:
            self._retire()
            for zygote in self._old:
                zygote.close()
            self._old.clear()

    def _fit(self) -> Zygote | Lent:
        if self._current is not None and not self._current.is_fit:
            self._retire()
        if self._current is None:
            self._current = Zygote()
        return self._current

    def _retire(self) -> None:
        """Puts the current one aside; its children may still be running."""
        if self._current is not None:
            self._old.append(self._current)
        self._current = None
        self._failures = 0


def _wait(zygote: Zygote | Lent) -> None:
    """Waits until requests can be made; they wait themselves until one is loaded."""
    deadline = time.monotonic() + START_SECONDS
    while not zygote.path.exists():
        if not zygote.is_fit or time.monotonic() > deadline:
            raise NoZygote("it has not begun to serve")
        time.sleep(0.02)


def _await_silence(path: Path) -> None:
    """Waits until nobody listens at a socket any more, as every zygote of it does while it lives."""
    deadline = time.monotonic() + _END_SECONDS
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
            connection.setblocking(False)
            try:
                connection.connect(str(path))
            except BlockingIOError:  # somebody is there, and does not answer
                pass
            except OSError:
                return
        time.sleep(0.01)


def _last_words(path: Path) -> str:
    with suppress(OSError):
        lines = (path.parent / _LOG_NAME).read_text(errors="replace").strip().splitlines()
        return "".join(lines[-1:])[:300]
    return ""


@cache
def zygotes() -> Zygotes:
    """Returns those of this process, which end with it."""
    made = Zygotes()
    atexit.register(made.close)
    return made
