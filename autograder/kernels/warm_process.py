"""A process that a zygote forks on demand."""

import json
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any


class NoZygote(RuntimeError):
    """There is no warm fork to be had."""


class WarmProcess:
    """A process that a zygote forked: what `subprocess.Popen` is for others.

    Args:
        connection: The connection to the zygote that stands for it.
        pid: Its number.
    """

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.is_lost = False
        """Whether it went with its zygote, through no fault of its own."""
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
            self.is_lost = not message  # the zygote is gone, and the process with it
            self.returncode = json.loads(message)["exit"] if message else 137
            self._connection.close()
        return self.returncode


def fork(path: Path, request: Mapping[str, Any], streams: Sequence[int], seconds: float) -> WarmProcess:
    """Has a zygote fork.

    Args:
        path: The zygote's socket.
        request: See `autograder.kernels.child.run`.
        streams: File descriptors for the child's standard input, output and errors.
        seconds: How long its answer may take.

    Raises:
        NoZygote: It cannot.
    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.settimeout(seconds)
        connection.connect(str(path))
        socket.send_fds(connection, [json.dumps(request).encode()], list(streams))
        message = connection.recv(10_000)
        answer: dict[str, Any] = json.loads(message) if message else {"error": "it ended"}
        if "error" in answer:
            raise NoZygote(answer["error"])
    except (OSError, NoZygote) as error:
        connection.close()
        raise NoZygote("it ended" if isinstance(error, ConnectionError) else str(error)) from error
    return WarmProcess(connection, answer["pid"])
