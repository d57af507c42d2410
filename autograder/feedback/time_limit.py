"""A time limit for code that loops over strangers' text: some text takes renderers hours."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

AGAIN_S = 0.1
"""Seconds between the alarms once the time is up. Python swallows an exception where nobody can
catch it (a `__del__`, a callback of the garbage collector), and code may catch everything: one
alarm alone can get lost."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeoutError inside the `with` block when the time is up, until the block ends.

    It needs signals, so there is no limit outside of the main thread, nor on Windows.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    inside = True

    def stop(*_: object) -> None:
        if inside:
            raise TimeoutError(f"it took longer than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_S)
        yield
    finally:
        inside = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
