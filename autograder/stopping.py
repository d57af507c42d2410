"""SIGTERM and SIGHUP end a command as Ctrl-C does: what lies about is put away, and how to go on is said."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Stopped(KeyboardInterrupt):
    """A signal that ends the command.

    Args:
        number: The signal's number.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.number = number


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Has the signals raise `Stopped` in the `with` block; one that is ignored, as by `nohup`, stays so."""
    if threading.current_thread() is not threading.main_thread():  # Python gives signals to that one only
        yield
        return
    taken = [number for number in _SIGNALS if signal.getsignal(number) == signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, frame: FrameType | None) -> None:
    for other in _SIGNALS:
        signal.signal(other, signal.SIG_IGN)  # whoever stops a run sends several; putting away takes a moment
    raise Stopped(number)
