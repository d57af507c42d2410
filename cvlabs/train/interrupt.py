"""Ctrl-C and the scheduler's SIGTERM, taken between two steps, where the state is whole."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], int | None]]:
    """Within the `with` statement SIGINT and SIGTERM are noted instead of stopping at once.

    A second one of a kind does what it always does. Signals reach the main thread alone, so in any other
    nothing changes.

    Yields:
        A function that tells the number of the signal that came, or `None`.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    before: dict[int, Any] = {}

    def note(number: int, _: FrameType | None) -> None:
        came.append(number)
        signal.signal(number, before[number])

    for wanted in (signal.SIGINT, signal.SIGTERM):
        before[int(wanted)] = signal.signal(wanted, note) or signal.SIG_DFL
    try:
        yield lambda: came[0] if came else None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stop(number: int) -> None:
    """Stops as the signal would have.

    Raises:
        KeyboardInterrupt: For SIGINT.
        SystemExit: For SIGTERM, with the exit status of a process that it ended.
    """
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)
