"""What one kernel may use."""

import os
import resource
from dataclasses import dataclass
from pathlib import Path

_GIGABYTE = 1_000_000_000
_LAST_SECONDS = 2  # of a process that does not end at its limit


@dataclass(frozen=True)
class Limits:
    """Limits of one kernel and all processes that it starts.

    Args:
        memory: Bytes of memory, beyond what a warm kernel shares with its zygote.
        scratch: Bytes of all files that it writes, which also live in memory.
        files: Number of files that it writes.
        processes: Processes and threads.
        open_files: Open files of one process.
        cpu_seconds: Processor seconds of one process, for each core. Whoever keeps all cores busy has no less
            time than others; more than `seconds` is met by nobody.
        seconds: After these it is killed, whatever its client does.
    """

    memory: int = 4 * _GIGABYTE
    scratch: int = _GIGABYTE // 2
    files: int = 20_000
    processes: int = 256
    open_files: int = 1024
    cpu_seconds: int = 1800
    seconds: float = 1200.0


def apply(limits: Limits) -> None:
    """Limits the calling process and its children-to-be; `init` watches what these cannot count."""
    for name, most in by_process(limits, _address_space()).items():
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        # The first limit of processor time sends a signal that says why, the second one kills.
        last = most + _LAST_SECONDS if name == "RLIMIT_CPU" else most
        if hard != resource.RLIM_INFINITY:
            most, last = min(most, hard), min(last, hard)
        resource.setrlimit(kind, (most, last))


def by_process(limits: Limits, address_space: int) -> dict[str, int]:
    """Returns the limits of one process, by their names in `resource`.

    Args:
        limits: The limits.
        address_space: Bytes that are mapped before the student's code begins.
    """
    cores = os.cpu_count() or 1
    return {
        "RLIMIT_AS": address_space + limits.memory,
        "RLIMIT_NPROC": limits.processes + 16 * cores,  # TensorFlow starts several per core
        "RLIMIT_FSIZE": limits.scratch,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CPU": limits.cpu_seconds * cores,
        "RLIMIT_CORE": 0,
    }


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
