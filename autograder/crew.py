"""Who does the work: processes of this machine or a Dask cluster, both `concurrent.futures` executors."""

import logging
import os
import re
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

from autograder.course import make_folder
from autograder.errors import GraderError
from autograder.judging.client import judge_client
from autograder.kernels.warm import zygotes

ANSWER_SECONDS = 10
_WATCH_SECONDS = 0.5
_ADDRESS = re.compile(r"((tcp|tls|ws|wss|ucx)://)?[^\s/]*[^\s/:]:\d{1,5}")
_LEFT_TO_PARENT = (signal.SIGINT, signal.SIGHUP)
"""A terminal sends them to all processes of a run."""


class Crew(Protocol):
    """Workers that take one submission each at a time."""

    @property
    def capacity(self) -> int:
        """How many submissions may be given out at once."""

    def submit(self, task: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Gives one out."""


@dataclass
class _Local:
    """Executors of one process each, so that a process that dies takes nobody's work but its own along."""

    jobs: int
    log: Path
    scratch: Path
    idle: list[ProcessPoolExecutor] = field(default_factory=list)
    pids: dict[ProcessPoolExecutor, Future[int]] = field(default_factory=dict)
    change: threading.Condition = field(default_factory=threading.Condition)

    def begin(self) -> None:
        self.idle = [self._new() for _ in range(self.jobs)]

    @property
    def capacity(self) -> int:
        return self.jobs

    def submit(self, task: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        with self.change:  # a future is done a moment before its process is taken back
            self.change.wait_for(lambda: self.idle or len(self.pids) < self.jobs)
            executor = self.idle.pop() if self.idle else self._new()
        try:
            future = executor.submit(task, *arguments)
        except BrokenProcessPool:  # it died while it was idle
            self.pids.pop(executor, None)
            executor = self._new()
            future = executor.submit(task, *arguments)
        future.add_done_callback(partial(self._take_back, executor))
        return future

    def _new(self) -> ProcessPoolExecutor:
        about = (os.getpid(), str(self.log), zygotes().path, str(self.scratch))
        executor = ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin, initargs=about)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _LEFT_TO_PARENT)
        try:  # the process starts here, with these signals blocked until it can ignore them
            self.pids[executor] = executor.submit(os.getpid)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return executor

    def _take_back(self, executor: ProcessPoolExecutor, future: "Future[Any]") -> None:
        with self.change:
            if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
                self.pids.pop(executor, None)
            else:
                self.idle.append(executor)
            self.change.notify()

    def end(self) -> None:
        """Ends all; who presses Ctrl-C again meanwhile has it done first, or workers would go on."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _LEFT_TO_PARENT)
        try:
            workers = list(self.pids.items())  # one that had work leaves `pids` when it is killed
            for _, pid in workers:
                with suppress(ProcessLookupError, BrokenProcessPool):
                    os.kill(pid.result(), signal.SIGKILL)
            for executor, _ in workers:  # its thread would still be at the pipes when Python closes them
                executor.shutdown(cancel_futures=True)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass
class _Cluster:
    executor: Executor
    threads: Callable[[], int]

    @property
    def capacity(self) -> int:
        return max(1, 2 * self.threads())  # so that none waits for the next

    def submit(self, task: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        future: Future[Any] = self.executor.submit(task, *arguments)
        return future


@contextmanager
def local_crew(jobs: int, log: Path) -> Iterator[Crew]:
    """Gives processes on this machine, each with a judge of its own; they end with the block.

    They fork from one zygote, that of this process, as long as it lives.

    Args:
        jobs: How many.
        log: Where they log.

    Raises:
        GraderError: Nothing can be written there.
    """
    make_folder(log)
    # Workers that are killed leave their temporary files; so all of them lie in one folder, which goes.
    with tempfile.TemporaryDirectory(prefix="cvg-", ignore_cleanup_errors=True) as scratch:
        crew = _Local(jobs, log, Path(scratch))
        try:
            crew.begin()
            yield crew
        finally:
            crew.end()


@contextmanager
def cluster_crew(address: str) -> Iterator[Crew]:
    """Gives the workers of a Dask cluster. Each machine needs this repository and its environment.

    Args:
        address: Of the scheduler, as `tcp://host:8786`.

    Raises:
        GraderError: It is no address, `dask.distributed` is not installed, or nobody answers there.
    """
    if not _ADDRESS.fullmatch(address):  # a Client complains once more, 20 seconds after it has failed
        raise GraderError(f"--cluster got {address!r}; expected a Dask scheduler as tcp://HOST:8786")
    try:
        from distributed import Client
    except ImportError:
        raise GraderError("--cluster needs dask.distributed: pip install 'cvlabs[cluster]'") from None
    try:
        client = Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise GraderError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        executor = client.get_executor(pure=False, retries=0)
        try:
            yield _Cluster(executor, lambda: sum(client.nthreads().values()))
        finally:
            executor.shutdown(wait=False)


def _begin(parent: int, log: str, zygote: Path, scratch: str) -> None:
    """Prepares a worker's process: it logs, leaves Ctrl-C to its parent, and ends with it."""
    for number in _LEFT_TO_PARENT:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _LEFT_TO_PARENT)
    logging.basicConfig(filename=log, format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    tempfile.tempdir = scratch
    zygotes().borrow(zygote)
    threading.Thread(target=_load, args=(Path(log).absolute(),), daemon=True).start()


def _load(log: Path) -> None:
    """Has the judge and nbgrader loaded before the first submission comes."""
    with suppress(OSError):  # the first submission meets it again
        judge_client(log).start()
    import autograder.work  # noqa: F401


def end_with(parent: int) -> None:
    """Ends this process when its parent is gone, however that ended; for a thread of its own."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)
