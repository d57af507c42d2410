"""A program that has TensorFlow, Keras and IPython loaded, and forks a kernel or a judge for each request.

    python -I -S zygote.py SOCKET REPOSITORY SITE…

A request is one message on a connection to the unix socket: JSON, with the child's three standard streams.
The answers are `{"pid": …}` or `{"error": …}`, and at the child's end `{"exit": …}`. A message
`{"signal": …}` passes a signal on; the end of the connection kills the child. The program ends with its
standard input.

It imports, and runs no operation: in a fork of a process whose TensorFlow has run one, the next hangs.
"""

import gc
import importlib
import json
import os
import selectors
import signal
import site
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

_IMPORTS = (
    "tensorflow", "keras", "numpy", "matplotlib.pyplot", "matplotlib.backends.backend_agg",
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "IPython.core.completer",
    "IPython.core.completerlib", "IPython.core.magics", "IPython.core.oinspect",
    "IPython.extensions.storemagic", "ipykernel.debugger", "matplotlib_inline.backend_inline", "h5py",
    "sqlite3", "tornado.platform.asyncio", "tornado.queues", "xmlrpc.server",
    "stack_data", "pygments.formatters.terminal256", "pygments.lexers.python",  # for tracebacks
)  # fmt: skip
_REQUEST_BYTES = 1_000_000
_GARBAGE = 50_000
"""New objects before a kernel collects garbage: Python's 700 would cost a tenth of a network's building."""


@dataclass
class _Child:
    pid: int
    connection: socket.socket


@dataclass
class _Zygote:
    listener: socket.socket
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    children: dict[int, _Child] = field(default_factory=dict)  # by file descriptor of the connection


def main() -> None:
    """Imports, then serves until standard input ends."""
    path, repository, *packages = sys.argv[1:]
    sys.path += [repository, *packages]
    for name in _IMPORTS:
        importlib.import_module(name)
    importlib.import_module("autograder.kernels.child")
    sys.path.remove(repository)
    site.setquit()  # -S leaves out `help`, `exit`, …, which students may use
    site.setcopyright()
    site.sethelper()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        os.umask(0o177)
        listener.bind(path)
        os.umask(0o077)
        listener.listen(64)
        _serve(_Zygote(listener))


def _serve(zygote: _Zygote) -> None:
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coordinator to handle
    for source in (sys.stdin.fileno(), woken, zygote.listener.fileno()):
        zygote.selector.register(source, selectors.EVENT_READ)
    while True:
        for key, _ in zygote.selector.select():
            if key.fd == sys.stdin.fileno():
                return
            if key.fd == woken:
                os.read(woken, 4096)
                _reap(zygote)
            elif key.fd == zygote.listener.fileno():
                connection, _ = zygote.listener.accept()
                zygote.selector.register(connection, selectors.EVENT_READ)
            elif key.fd in zygote.children:
                _pass_on(zygote, zygote.children[key.fd])
            elif isinstance(key.fileobj, socket.socket):
                _answer(zygote, key.fileobj)


def _answer(zygote: _Zygote, connection: socket.socket) -> None:
    """Reads a request and forks."""
    try:
        message, streams, _, _ = socket.recv_fds(connection, _REQUEST_BYTES, 3)
    except OSError:
        message, streams = b"", []
    if not message:
        zygote.selector.unregister(connection)
        connection.close()
        return
    try:
        request = json.loads(message)
        if unsafe_to_fork():
            raise RuntimeError(unsafe_to_fork())
        pid = os.fork()
        if pid == 0:
            _become(request, streams)
    except (OSError, RuntimeError, ValueError) as error:
        _tell(connection, {"error": f"{type(error).__name__}: {error}"})
        return
    finally:
        for stream in streams:
            os.close(stream)
    zygote.children[connection.fileno()] = _Child(pid, connection)
    _tell(connection, {"pid": pid})


def _become(request: dict[str, Any], streams: list[int]) -> None:
    """Turns a forked process into what was asked for, and ends it."""
    code = 1
    try:
        from autograder.kernels import child

        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = child.run(request)
    except BaseException as error:  # noqa: BLE001  it must not go on as a second zygote
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def _pass_on(zygote: _Zygote, child: _Child) -> None:
    """Handles a message to a running child, or the end of its connection."""
    try:
        message = child.connection.recv(_REQUEST_BYTES)
        number = json.loads(message)["signal"] if message else signal.SIGKILL
    except (OSError, ValueError, KeyError):
        number = signal.SIGKILL
    if number == signal.SIGKILL:
        zygote.selector.unregister(child.connection)  # what is left is to reap it
    with suppress(ProcessLookupError):
        if number == signal.SIGKILL:
            os.killpg(child.pid, number)  # fails while it is so young that it leads no group
    with suppress(ProcessLookupError):
        os.kill(child.pid, number)


def _reap(zygote: _Zygote) -> None:
    for descriptor, child in list(zygote.children.items()):
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if not pid:
            continue
        ended = {"exit": sys.modules["autograder.kernels.init"].exit_code(status)}
        _tell(child.connection, ended)
        with suppress(KeyError):
            zygote.selector.unregister(child.connection)
        child.connection.close()
        del zygote.children[descriptor]


def unsafe_to_fork() -> str:
    """Why a fork would not work; empty if it does."""
    context = sys.modules["tensorflow.python.eager.context"].context_safe()
    if context is not None and context._initialized:
        return "TensorFlow has run an operation in the zygote"
    return ""


def _tell(connection: socket.socket, answer: dict[str, Any]) -> None:
    with suppress(OSError):  # nobody is there to hear it
        connection.send(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
