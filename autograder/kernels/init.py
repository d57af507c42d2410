"""The two processes between a zygote and an isolated kernel: its keeper outside, its init inside.

Init is pid 1 of the kernel's namespaces, and nothing inside can signal, trace or read it. It reaps orphans,
passes interrupts on, adds up the memory of all processes, and ends at a limit; with pid 1 everything inside
ends. The keeper carries signals in and the exit code out.
"""

import os
import signal
import time
from pathlib import Path

from autograder.kernels.limits import Limits

MEMORY, SECONDS, NOT_ISOLATED = 241, 242, 243  # exit codes; those of signals are 128 and more
REASONS = {
    MEMORY: "it used more memory than a notebook may",
    SECONDS: "it ran longer than any notebook may",
    NOT_ISOLATED: "it could not be isolated",
}
_POLL_SECONDS = 0.1
_FORWARDED = (signal.SIGINT, signal.SIGTERM)
_SCRATCH = "/home/student"  # any folder of the one file system that a kernel can write to


def keep(first: int) -> int:
    """Waits for a namespace's first process, passing signals on; returns its exit code."""
    for number in _FORWARDED:
        signal.signal(number, lambda number, _: os.kill(first, number))
    return _wait(first)


def watch(kernel: int, most: Limits, report: int) -> int:
    """Runs as pid 1 until the kernel ends or a limit is reached.

    Args:
        kernel: The kernel's process.
        most: The limits.
        report: A file that holds the most memory that was seen, in bytes; told while it runs, since pid 1 is
            killed as a rule.

    Returns:
        The exit code that says which.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, *_FORWARDED})
    deadline = time.monotonic() + most.seconds
    shared = _private_bytes(os.getpid(), exactly=False)
    peak = 0
    while True:
        found = signal.sigtimedwait({signal.SIGCHLD, *_FORWARDED}, _POLL_SECONDS)
        if found is not None and found.si_signo in _FORWARDED:
            os.kill(kernel, found.si_signo)
        code = _reap(kernel)
        if code is not None:
            return code
        if time.monotonic() > deadline:
            return SECONDS
        used = _used(shared, most.memory)
        if used > peak:
            peak = used
            os.pwrite(report, f"{peak:<20}".encode(), 0)
        if used > most.memory:
            return MEMORY


def _reap(kernel: int) -> int | None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return 0
        if not pid:
            return None
        if pid == kernel:
            return exit_code(status)


def _wait(pid: int) -> int:
    while True:
        try:
            return exit_code(os.waitpid(pid, 0)[1])
        except InterruptedError:
            continue


def exit_code(status: int) -> int:
    """Returns a wait status as a shell tells it: 128 + n for signal n."""
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _used(shared: int, most: int) -> int:
    """Bytes that all processes but this one use, files in memory included.

    First by a cheap count that takes what forks share for used by each; exactly only if that is too much.
    """
    space = os.statvfs(_SCRATCH)
    files = (space.f_blocks - space.f_bfree) * space.f_frsize
    pids = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdecimal() and int(p.name) != os.getpid()]
    used = files + sum(max(0, _private_bytes(pid, exactly=False) - shared) for pid in pids)
    if used > most:
        used = files + sum(_private_bytes(pid, exactly=True) for pid in pids)
    return used


def _private_bytes(pid: int, *, exactly: bool) -> int:
    name, fields = (
        ("smaps_rollup", ("Pss_Anon", "Pss_Shmem")) if exactly else ("status", ("RssAnon", "RssShmem"))
    )
    try:
        lines = Path(f"/proc/{pid}/{name}").read_text().splitlines()
    except (OSError, UnicodeDecodeError):  # it has just ended
        return 0
    found = (line.split(":") for line in lines if line.startswith(fields))
    return sum(1024 * int(value.split()[0]) for _, value in found)
