"""Watches how much memory the grader's own process gains while a kernel speaks to it.

ZeroMQ reads what comes before anybody asks for it: messages on a channel that nobody reads, and one of parts
without end. It limits the size of a part and the number of messages, but not what these come to.
"""

import resource
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_POLL_SECONDS = 0.1
_watched: list[object] = []
"""What this process is watched for now; several at once where it has a thread for each submission."""


@contextmanager
def growth_limit(most: int, act: Callable[[bool], None]) -> Iterator[None]:
    """Acts once, from another thread, when this process has grown by too much inside the `with` block.

    Elsewhere than on Linux there is no limit.

    Args:
        most: Bytes of memory.
        act: Is told whether nothing else was watched, so that it is known what made the process grow.
    """
    if sys.platform != "linux":
        yield
        return
    ended = threading.Event()
    before = _resident()

    def watch() -> None:
        while not ended.wait(_POLL_SECONDS):
            if _resident() - before > most:
                act(_watched == [ended])
                return

    thread = threading.Thread(target=watch, name="growth", daemon=True)
    _watched.append(ended)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        _watched.remove(ended)


def _resident() -> int:
    """Bytes of memory that this process has in use."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
