"""What one kernel may use."""

import os
import resource
from dataclasses import dataclass
from pathlib import Path

_GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """Limits of one kernel and all processes that it starts.

    Args:
        memory: Bytes of memory, beyond what a warm kernel shares with its zygote.
        scratch: Bytes of all files that it writes, which also live in memory.
        files: Number of files that it writes.
        processes: Processes and threads.
        open_files: Open files of one process.
        cpu_seconds: Processor seconds of one process.
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
    address_space = _address_space() + limits.memory
    threads = limits.processes + 16 * (os.cpu_count() or 1)  # of which TensorFlow starts several per core
    for kind, most in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_NPROC, threads),
        (resource.RLIMIT_FSIZE, limits.scratch),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
