"""The two processes between a zygote and an isolated kernel: its keeper outside, its init inside.

Init is pid 1 of the kernel's namespaces, and nothing inside can signal, trace or read it. It reaps orphans,
passes interrupts on, adds up the memory of all processes, and ends at a limit; with pid 1 everything inside
ends. The keeper carries signals in and the exit code out. Where another program makes the sandbox, `launch`
is its pid 1 and watches in the same way; signals come to it by a pipe.

Memory is what processes have for themselves, the files that they write, and what sockets may hold. What else
they could fill, and no process is charged for, `seccomp` forbids.
"""

import os
import select
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.kernels import linux
from autograder.kernels.limits import Limits, by_process
from autograder.kernels.mounts import RUN

MEMORY, SECONDS, NOT_ISOLATED, MACHINE_FULL = 241, 242, 243, 244  # exit codes
_TOLD_BY_US = (MEMORY, SECONDS, MACHINE_FULL)
_KILLED, _SPENT = 128 + signal.SIGKILL, 128 + signal.SIGXCPU  # as a shell tells them
REASONS = {
    MEMORY: "it used more memory than a notebook may",
    SECONDS: "it ran longer than any notebook may",
    NOT_ISOLATED: "it could not be isolated",
    MACHINE_FULL: "the system ended it, since the machine had no memory left",
    _SPENT: "it used more processor time than a notebook may",
}
PASSED_ON = b"signal\n"
_POLL_SECONDS = 0.1
_MOMENT_SECONDS = 0.01
_REST = 9  # times as long as the pages were last counted, before they are again
_FORK_WITHOUT_EXEC = 0x40
_FEW_SOCKETS, _SOCKET_BYTES = 256, 2 * 212_992  # a kernel has some 20; the most that one may be set to hold
_FORWARDED = (signal.SIGINT, signal.SIGTERM)
_SCRATCH = ("/home/student", "/tmp", "/dev/shm")  # in one file system, or each in its own
_FILE_BYTES = 1024  # about what the system itself needs for a file that lies in memory


def keep(first: int) -> int:
    """Waits for a namespace's first process, passing signals on; returns its exit code."""
    for number in _FORWARDED:
        signal.signal(number, lambda number, _: os.kill(first, number))
    before = _ended_for_memory()
    code = _wait(first)
    return MACHINE_FULL if code == _KILLED and _ended_for_memory() > before else code


def watch(kernel: int, most: Limits, report: int, orders: int | None = None) -> int:
    """Runs as pid 1 until the kernel ends or a limit is reached.

    Args:
        kernel: The kernel's process.
        most: The limits.
        report: A file for the most memory that was seen, in bytes, a line for each time that it rises; told
            while it runs, since pid 1 is killed as a rule. And `PASSED_ON` for each signal that was.
        orders: A pipe with signals for the kernel, a byte each; its end ends everything. `None` where
            signals reach pid 1 themselves.

    Returns:
        The exit code that says which.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, *_FORWARDED})
    deadline = time.monotonic() + most.seconds
    memory = _Memory(sum(_resident(os.getpid())), most.memory)
    seconds = by_process(most, 0)["RLIMIT_CPU"]
    while True:
        found = signal.sigtimedwait({signal.SIGCHLD, *_FORWARDED}, _POLL_SECONDS)
        if found is not None and found.si_signo in _FORWARDED:
            _pass_on(kernel, found.si_signo, report)
        if orders is not None and not _obey(orders, kernel, report):
            return _KILLED
        code = _reap(kernel, seconds)
        if code is not None:
            return code
        if time.monotonic() > deadline:
            return SECONDS
        if memory.has_risen():
            os.write(report, f"{memory.peak}\n".encode())
        if memory.peak > most.memory:
            return MEMORY


def _pass_on(kernel: int, number: int, report: int) -> None:
    os.kill(kernel, number)  # not reaped yet, so nobody else has its number
    os.write(report, PASSED_ON)


def _obey(orders: int, kernel: int, report: int) -> bool:
    """Passes on the signals that have come by a pipe; returns whether more can come."""
    if not select.select([orders], [], [], 0)[0]:
        return True
    numbers = os.read(orders, 100)
    for number in numbers:
        _pass_on(kernel, number, report)
    return bool(numbers)


def _reap(kernel: int, seconds: int) -> int | None:
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return 0
        if not pid:
            return None
        if pid == kernel:
            code = exit_code(status)
            if code in _TOLD_BY_US:  # its own code comes to say such a thing as well
                return 1
            ignored = code == _KILLED and usage.ru_utime + usage.ru_stime >= seconds
            return _SPENT if ignored else code


def _wait(pid: int) -> int:
    while True:
        try:
            return exit_code(os.waitpid(pid, 0)[1])
        except InterruptedError:
            continue


def exit_code(status: int) -> int:
    """Returns a wait status as a shell tells it: 128 + n for signal n."""
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _ended_for_memory() -> int:
    """How many processes the system has ended because its memory, or a control group's, ran out."""
    lines = Path("/proc/vmstat").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))


@dataclass
class _Memory:
    """The memory of all processes but this one.

    What a warm kernel shares with its zygote is taken off once. So a kernel that writes to all of it has as
    much again, but not each of its processes.

    Args:
        shared: Bytes that are shared with the zygote.
        most: Bytes that may be used.
        peak: The most that was seen.
        counted: When the pages were last counted.
        cost: How long that took.
    """

    shared: int
    most: int
    peak: int = 0
    counted: float = 0.0
    cost: float = 0.0

    def has_risen(self) -> bool:
        """Looks again; tells whether more is used than ever before.

        What processes share is first counted for each. Only if that is more than ever are pages counted,
        which takes a tenth of a second for each gigabyte.
        """
        used = self._at_most()
        if used > self.peak:
            # A child that is about to become another program has a copy of its parent's for a moment.
            time.sleep(_MOMENT_SECONDS)
            used = min(used, self._at_most())
        if used > self.peak and _is_shared():
            rest = self.cost * (_REST if used <= self.most else 1)
            if time.monotonic() < self.counted + rest:
                return False
            used = min(used, self._by_pages())
        if used <= self.peak:
            return False
        self.peak = used
        return True

    def _at_most(self) -> int:
        own, mapped = _sums(map(_resident, _others()))
        return max(_files(), mapped) + _sockets() + max(0, own - self.shared)

    def _by_pages(self) -> int:
        start = time.monotonic()
        pids = _others()
        own, mapped = _sums(map(_proportional, pids))
        # What init shares, its forks share alike, unless they have written to it.
        found = _fields(os.getpid(), "smaps_rollup", ("Pss_Anon", "Private_Dirty"))
        with_zygote = max(0, found["Pss_Anon"] - found["Private_Dirty"]) * sum(map(_is_fork, pids))
        self.counted = time.monotonic()
        self.cost = self.counted - start
        return max(_files(), mapped) + _sockets() + max(0, own - min(self.shared, with_zygote))


def _files() -> int:
    """Bytes of all files in memory; those that are mapped are among them."""
    spaces = {Path(folder).stat().st_dev: os.statvfs(folder) for folder in _SCRATCH}.values()
    used = sum((space.f_blocks - space.f_bfree) * space.f_frsize for space in spaces)
    return used + _FILE_BYTES * sum(space.f_files - space.f_ffree for space in spaces)


def _sockets() -> int:
    """Bytes that more sockets than a notebook needs may hold; what they do hold the system does not tell.

    Where `RUN` is not read-only, those that are closed stay there, on the grader's disk.
    """
    lists = (Path("/proc/net") / kind for kind in ("unix", "netlink"))
    count = sum(path.read_bytes().count(b"\n") for path in lists if path.exists())
    count += sum(1 for _ in Path(RUN).iterdir())
    return max(0, count - _FEW_SOCKETS) * _SOCKET_BYTES


def _others() -> list[int]:
    """The other processes that have a memory of their own."""
    numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [number for number in numbers if number != os.getpid() and not _has_its_parents(number)]


def _sums(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    own, mapped = zip((0, 0), *pairs, strict=True)
    return sum(own), sum(mapped)


def _resident(pid: int) -> tuple[int, int]:
    """Bytes of a process, those that it shares included: its own, and of files in memory."""
    found = _fields(pid, "status", ("RssAnon", "VmSwap", "RssShmem"))
    return found["RssAnon"] + found["VmSwap"], found["RssShmem"]


def _proportional(pid: int) -> tuple[int, int]:
    """As `_resident`, but a page of n processes counts as a part of n."""
    try:
        found = _fields(pid, "smaps_rollup", ("Pss_Anon", "SwapPss", "Pss_Shmem"))
    except PermissionError:  # it hides its pages, so all that it has mapped counts
        return _fields(pid, "status", ("VmSize",))["VmSize"], 0
    return found["Pss_Anon"] + found["SwapPss"], found["Pss_Shmem"]


def _is_shared() -> bool:
    """Whether there may be pages that several processes have."""
    pids = _others()
    return sum(map(_is_fork, pids)) > 1 or sum(_resident(pid)[1] for pid in pids) > _files()


def _is_fork(pid: int) -> bool:
    """Whether a process still runs the program that its parent ran when it made it."""
    return _parent_of_fork(pid) is not None


def _has_its_parents(pid: int) -> bool:
    """Whether its memory is its parent's, as that of a child by `vfork` is, until it becomes another program.

    On a busy machine that takes it longer than any moment.
    """
    parent = _parent_of_fork(pid)
    return parent is not None and linux.have_one_memory(pid, parent)


def _parent_of_fork(pid: int) -> int | None:
    words = _read(pid, "stat").rpartition(")")[2].split()  # before, its name, which may be anything
    return int(words[1]) if len(words) > 6 and int(words[6]) & _FORK_WITHOUT_EXEC else None


def _fields(pid: int, name: str, wanted: tuple[str, ...]) -> dict[str, int]:
    lines = (line.partition(":") for line in _read(pid, name).splitlines())
    found = {field: 1024 * int(value.split()[0]) for field, _, value in lines if field in wanted}
    return dict.fromkeys(wanted, 0) | found


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return ""
