"""A program that has TensorFlow, Keras and IPython loaded, and forks a kernel or a judge for each request.

    python -I -S zygote.py LISTENER CHILDREN REPOSITORY SITE…

LISTENER is the descriptor of a unix socket that listens. A request is one message on a connection to it:
JSON, with the child's three standard streams. The answers are `{"pid": …}` or `{"error": …}`, and at the
child's end `{"exit": …}`. A message `{"signal": …}` passes a signal on; the end of the connection kills the
child.

Standard input is the socket of its `supervisor`, which is told when the program is loaded and when it has
forked CHILDREN times, and says when no more requests are to be taken: then it ends with its last child. It
ends at once with that socket.

It imports, and runs no operation: in a fork of a process whose TensorFlow has run one, the next hangs.
"""

import gc
import importlib
import json
import os
import select
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
READY, WORN, RETIRE = b"ready", b"worn", b"retire"  # as in supervisor.py
_GARBAGE = 50_000
"""New objects before a kernel collects garbage: Python's 700 would cost a tenth of a network's building."""


@dataclass
class _Child:
    pid: int
    connection: socket.socket


@dataclass
class _Zygote:
    listener: socket.socket
    control: socket.socket
    most: int
    forks: int = 0
    is_worn: bool = False
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    children: dict[int, _Child] = field(default_factory=dict)  # by file descriptor of the connection


def main() -> None:
    """Imports, then serves until standard input ends."""
    descriptor, most, repository, *packages = sys.argv[1:]
    sys.path += [repository, *packages]
    if not _dies_with_its_supervisor():
        return
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
    with socket.socket(fileno=int(descriptor)) as listener, socket.socket(fileno=os.dup(0)) as control:
        _serve(_Zygote(listener, control, int(most)))


def _dies_with_its_supervisor() -> bool:
    """Sees to it, also while the imports take their seconds; `False` if that is gone already."""
    importlib.import_module("autograder.kernels.linux").die_with_parent()
    return not select.select([0], [], [], 0)[0]


def _serve(zygote: _Zygote) -> None:
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coordinator to handle
    own = (zygote.control, woken)
    for source in (*own, zygote.listener):
        zygote.selector.register(source, selectors.EVENT_READ)
    zygote.control.send(READY)
    while zygote.children or len(zygote.selector.get_map()) > len(own):
        for key, _ in zygote.selector.select():
            if zygote.selector.get_map().get(key.fd) is not key:  # its end was told meanwhile
                continue
            if key.fd == zygote.control.fileno():
                if not _is_told_to_retire(zygote):
                    return
                _retire(zygote)
            elif key.fd == woken:
                os.read(woken, 4096)
                _reap(zygote)
            elif key.fd == zygote.listener.fileno():
                _accept(zygote)
            elif key.fd in zygote.children:
                _pass_on(zygote, zygote.children[key.fd])
            elif isinstance(key.fileobj, socket.socket):
                _answer(zygote, key.fileobj)


def _accept(zygote: _Zygote) -> None:
    with suppress(OSError):  # another zygote was faster, or the client is gone
        connection, _ = zygote.listener.accept()
        zygote.selector.register(connection, selectors.EVENT_READ)


def _is_told_to_retire(zygote: _Zygote) -> bool:
    """Whether there is a message rather than the supervisor's end."""
    try:
        return zygote.control.recv(100) == RETIRE
    except OSError:
        return False


def _retire(zygote: _Zygote) -> None:
    """Takes no more requests."""
    with suppress(KeyError):
        zygote.selector.unregister(zygote.listener)


def _wear_out(zygote: _Zygote) -> None:
    """Has the supervisor start another one."""
    if not zygote.is_worn:
        zygote.is_worn = True
        zygote.control.send(WORN)


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
            _retire(zygote)
            _wear_out(zygote)
            raise RuntimeError(unsafe_to_fork())
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _become(request, streams, parent)
    except (OSError, RuntimeError, ValueError) as error:
        _tell(connection, {"error": f"{type(error).__name__}: {error}"})
        return
    finally:
        for stream in streams:
            os.close(stream)
    zygote.children[connection.fileno()] = _Child(pid, connection)
    _tell(connection, {"pid": pid})
    zygote.forks += 1
    if zygote.forks >= zygote.most:
        _wear_out(zygote)


def _become(request: dict[str, Any], streams: list[int], parent: int) -> None:
    """Turns a forked process into what was asked for, and ends it."""
    code = 1
    try:
        from autograder.kernels import child, linux

        linux.die_with_parent()
        if os.getppid() != parent:  # it ended before that
            return
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
        _hang_up(child.connection)
        del zygote.children[descriptor]


def _hang_up(connection: socket.socket) -> None:
    """Closes it, with nothing left unread: else the client would get an error for what it was told last."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
        while connection.recv(_REQUEST_BYTES):
            pass
    connection.close()


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
