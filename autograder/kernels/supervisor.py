"""A program that keeps a zygote at a socket, and puts another one in its place when it must.

    python -I -S supervisor.py SOCKET CHILDREN REPOSITORY SITE…

A zygote that has forked CHILDREN times is worn out: it serves until the next one is loaded, and stays until
its last child has ended. One that dies is replaced. Requests wait at the socket until one is loaded. Whoever
wants forks shares it, so a class of any size has one zygote in memory, or two while they change.

The program ends with its standard input, or if two zygotes in a row could not be loaded; zygotes end with
the program, and requests that wait are refused.
"""

import os
import selectors
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

READY, WORN, RETIRE = b"ready", b"worn", b"retire"
_LOADS = 2


@dataclass
class _Zygote:
    process: "subprocess.Popen[bytes]"
    control: socket.socket


@dataclass
class _Supervisor:
    listener: socket.socket
    arguments: list[str]
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    newest: _Zygote | None = None
    serving: _Zygote | None = None  # the newest, as soon as that is loaded
    failures: int = 0  # to load one, in a row

    def run(self) -> int:
        self.selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
        self.start()
        while True:
            for key, _ in self.selector.select():
                if key.data is None:
                    return 0
                if not self.hear(key.data):
                    return 1

    def start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        program, descriptor = str(Path(__file__).with_name("zygote.py")), self.listener.fileno()
        command = [sys.executable, "-I", "-S", program, str(descriptor), *self.arguments]
        with theirs:
            process = subprocess.Popen(command, stdin=theirs.fileno(), pass_fds=[descriptor])
        self.newest = _Zygote(process, ours)
        self.selector.register(ours, selectors.EVENT_READ, self.newest)

    def hear(self, zygote: _Zygote) -> bool:
        """Handles what a zygote tells; returns whether there is, or will be, one that serves."""
        try:
            message = zygote.control.recv(100)
        except OSError:
            message = b""
        if message == READY:
            if self.serving is not None:
                with suppress(OSError):  # it may have died just now
                    self.serving.control.send(RETIRE)
            self.serving, self.failures = zygote, 0
        elif message == WORN:
            self.start()
        else:
            self._bury(zygote)
        return self.failures < _LOADS or self.serving is not None

    def _bury(self, zygote: _Zygote) -> None:
        self.selector.unregister(zygote.control)
        zygote.control.close()
        zygote.process.wait()
        served, newest = zygote is self.serving, zygote is self.newest
        if served:
            self.serving = None
        if newest:
            self.failures += not served
            if self.failures < _LOADS:
                self.start()


def main() -> None:
    """Serves until standard input ends."""
    path, *arguments = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coordinator to handle
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        os.umask(0o177)
        unready = f"{path}.unready"
        listener.bind(unready)
        os.umask(0o077)
        listener.listen(128)
        Path(unready).rename(path)  # whoever finds it can connect
        listener.setblocking(False)  # two zygotes may be told of the same connection
        sys.exit(_Supervisor(listener, arguments).run())


if __name__ == "__main__":
    main()
