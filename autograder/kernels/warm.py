"""The zygotes of a process: starts one or borrows one, asks for forks, starts another one when it must."""

import atexit
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.course import REPOSITORY
from autograder.kernels.warm_process import NoZygote, WarmProcess, fork

START_SECONDS = 120
ANSWER_SECONDS = 30
CHILDREN = 500  # after so many a fresh zygote takes over: forks leave traces, if few
_PASSED_ON = ("PATH", "TZ", "OMP_NUM_THREADS", "LD_LIBRARY_PATH")
_LOG = logging.getLogger(__name__)


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
    """A zygote that this process started."""

    def __init__(self) -> None:
        self._environment = environment()
        self._folder = tempfile.mkdtemp(prefix="cvz-")
        self.path = Path(self._folder) / "s"
        program = str(Path(__file__).with_name("zygote.py"))
        command = [sys.executable, "-I", "-S", program, str(self.path), str(REPOSITORY), *packages()]
        home = {"HOME": self._folder, "TMPDIR": self._folder}
        self._log = Path(self._folder) / "log"
        with self._log.open("w") as file:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=file, stderr=file, cwd="/",
                env=self._environment | home, start_new_session=True,
            )  # fmt: skip

    @property
    def is_fit(self) -> bool:
        """Whether the next fork may come from it."""
        return self._process.poll() is None and self._environment == environment()

    def wait(self) -> None:
        """Waits until it serves.

        Raises:
            NoZygote: It ended, or takes too long.
        """
        deadline = time.monotonic() + START_SECONDS
        while not self.path.exists():
            if self._process.poll() is not None:
                words = self._log.read_text(errors="replace").strip().splitlines()[-1:]
                raise NoZygote(f"it ended while it loaded TensorFlow: {''.join(words)[:300]}")
            if time.monotonic() > deadline:
                raise NoZygote(f"it was not ready after {START_SECONDS} seconds")
            time.sleep(0.02)

    def close(self) -> None:
        """Ends it, and every process that it forked."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
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
        """Whether the next fork may come from it; its start may not be over."""
        return self.path.parent.is_dir()

    def wait(self) -> None:
        """Waits until it serves.

        Raises:
            NoZygote: It ended, or takes too long.
        """
        deadline = time.monotonic() + START_SECONDS
        while not self.path.exists():
            if not self.is_fit or time.monotonic() > deadline:
                raise NoZygote("that of the process that leads this one does not serve")
            time.sleep(0.02)

    def close(self) -> None:
        """Leaves it alone."""


class Zygotes:
    """The zygote of this process, replaced when it is worn out, and given up when it does not work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: Zygote | Lent | None = None
        self._children = 0  # of the current one
        self._old: list[Zygote | Lent] = []
        self._failures = 0

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
        """The socket of the current one; starts it if none is running, without waiting for it."""
        with self._lock:
            return self._fit().path

    def fork(self, request: Mapping[str, Any], streams: Sequence[int]) -> WarmProcess:
        """Forks from a fit zygote.

        Raises:
            NoZygote: Two in a row did not work. It is not tried again.
        """
        with self._lock:
            while self._failures < 2:
                try:
                    zygote = self._fit()
                    zygote.wait()
                    process = fork(zygote.path, request, streams, ANSWER_SECONDS)
                except NoZygote as error:
                    self._failures += 1
                    _LOG.warning("the zygote does not work: %s", error)
                    self._retire()
                else:
                    self._failures = 0
                    self._children += 1
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
        worn = self._children >= CHILDREN
        if self._current is not None and (worn or not self._current.is_fit):
            self._retire()
        if self._current is None:
            self._current = Zygote()
        return self._current

    def _retire(self) -> None:
        """Puts the current one aside; its children may still be running."""
        if self._current is not None:
            self._old.append(self._current)
        self._current = None
        self._children = 0


@cache
def zygotes() -> Zygotes:
    """Returns those of this process, which end with it."""
    made = Zygotes()
    atexit.register(made.close)
    return made
