"""How much memory there is for pixels."""

from pathlib import Path

_UNKNOWN = 4 * 2**30  # what a small laptop has to spare


def available_bytes(root: Path = Path("/")) -> int:
    """Returns the memory that this process could still take.

    The least of what the system reports and what its control group allows, as in a container; 4 GiB where
    neither can be read.

    Args:
        root: Where `proc` and `sys` lie.
    """
    found = []
    try:
        for line in (root / "proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                found.append(int(line.split()[1]) * 1024)
    except OSError:
        pass
    for limit, usage in (
        ("memory.max", "memory.current"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
    ):
        folder = root / "sys/fs/cgroup"
        try:
            found.append(int((folder / limit).read_text()) - int((folder / usage).read_text()))
        except (OSError, ValueError):  # absent, or "max"
            continue
    return max(0, min(found, default=_UNKNOWN))
