"""The client of a zygote: starts it, asks for forks, starts another one when it must."""

import atexit
import json
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
from functools import cache
from pathlib import Path
from typing import Any

from autograder.course import REPOSITORY

START_SECONDS = 120
ANSWER_SECONDS = 30
CHILDREN = 500  # after so many a fresh zygote takes over: forks leave traces, if few
_PASSED_ON = ("PATH", "TZ", "OMP_NUM_THREADS", "LD_LIBRARY_PATH")
_LOG = logging.getLogger(__name__)


class NoZygote(RuntimeError):
    """There is no warm fork to be had."""


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


class WarmProcess:
    """A process that a zygote forked: what `subprocess.Popen` is for others.

    Args:
        connection: The connection to the zygote that stands for it.
        pid: Its number.
    """

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._connection = connection

    def poll(self) -> int | None:
        """Returns the exit code, `None` while it runs."""
        return self._hear(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the end and returns the exit code."""
        code = self._hear(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Sends a signal."""
        with suppress(OSError):
            self._connection.send(json.dumps({"signal": number}).encode())

    def kill(self) -> None:
        """Kills it and everything that it started."""
        self.send_signal(9)

    def _hear(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            try:
                self._connection.settimeout(timeout)
                message = self._connection.recv(10_000)
            except (BlockingIOError, TimeoutError):
                return None
            except OSError:
                message = b""
            # Without a message the zygote is gone, and the process with it.
            self.returncode = json.loads(message)["exit"] if message else 137
            self._connection.close()
        return self.returncode


class Zygote:
    """A running zygote."""

    def __init__(self) -> None:
        self.environment = environment()
        self.children = 0
        self._folder = tempfile.mkdtemp(prefix="cvz-")
        self._path = str(Path(self._folder) / "s")
        program = str(Path(__file__).with_name("zygote.py"))
        command = [sys.executable, "-I", "-S", program, self._path, str(REPOSITORY), *packages()]
        home = {"HOME": self._folder, "TMPDIR": self._folder}
        self._log = Path(self._folder) / "log"
        with self._log.open("w") as file:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=file, stderr=file, cwd="/",
                env=self.environment | home, start_new_session=True,
            )  # fmt: skip

    @property
    def is_fit(self) -> bool:
        """Whether the next fork may come from it."""
        return self._process.poll() is None and self.children < CHILDREN and self.environment == environment()

    def wait(self) -> None:
        """Waits until it serves.

        Raises:
            NoZygote: It ended, or takes too long.
        """
        deadline = time.monotonic() + START_SECONDS
        while not Path(self._path).exists():
            if self._process.poll() is not None:
                words = self._log.read_text(errors="replace").strip().splitlines()[-1:]
                raise NoZygote(f"it ended while it loaded TensorFlow: {''.join(words)[:300]}")
            if time.monotonic() > deadline:
                raise NoZygote(f"it was not ready after {START_SECONDS} seconds")
            time.sleep(0.02)

    def fork(self, request: Mapping[str, Any], streams: Sequence[int]) -> WarmProcess:
        """Forks.

        Args:
            request: See `autograder.kernels.child.run`.
            streams: File descriptors for the child's standard input, output and errors.

        Raises:
            NoZygote: It cannot.
        """
        self.wait()
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            connection.settimeout(ANSWER_SECONDS)
            connection.connect(self._path)
            socket.send_fds(connection, [json.dumps(request).encode()], list(streams))
            message = connection.recv(10_000)
            answer: dict[str, Any] = json.loads(message) if message else {"error": "it ended"}
            if "error" in answer:
                raise NoZygote(answer["error"])
        except (OSError, NoZygote) as error:
            connection.close()
            raise NoZygote(str(error)) from error
        self.children += 1
        return WarmProcess(connection, answer["pid"])

    def close(self) -> None:
        """Ends it, and every process that it forked."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Zygotes:
    """The zygote of this process, replaced when it is worn out, and given up when it does not work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: Zygote | None = None
        self._old: list[Zygote] = []
        self._failures = 0

    def start(self) -> None:
        """Starts one if none is running, without waiting for it."""
        with self._lock:
            self._fit()

    def fork(self, request: Mapping[str, Any], streams: Sequence[int]) -> WarmProcess:
        """Forks from a fit zygote.

        Raises:
            NoZygote: Two in a row did not work. It is not tried again.
        """
        with self._lock:
            while self._failures < 2:
                try:
                    process = self._fit().fork(request, streams)
                except NoZygote as error:
                    self._failures += 1
                    _LOG.warning("the zygote does not work: %s", error)
                    self._retire()
                else:
                    self._failures = 0
                    return process
        raise NoZygote("kernels start cold, since no zygote works; see the log")

    def close(self) -> None:
        """Ends all."""
        with self._lock:
            self._retire()
            for zygote in self._old:
                zygote.close()
            self._old.clear()

    def _fit(self) -> Zygote:
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


@cache
def zygotes() -> Zygotes:
    """Returns those of this process, which end with it."""
    made = Zygotes()
    atexit.register(made.close)
    return made
