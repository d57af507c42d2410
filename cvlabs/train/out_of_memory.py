"""Memory that ran out: which batch would fit, by the network's cost."""

import re
import subprocess
from pathlib import Path

import keras

from cvlabs.cost import calculate
from cvlabs.counted import counted

_ROOM = 0.9  # of the memory; the rest is for workspace, fragments and the program
_SIGNS = re.compile(
    r"RESOURCE_EXHAUSTED|out of memory|OOM when allocating|CUDA_ERROR_OUT_OF_MEMORY", re.IGNORECASE
)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error of a backend says that memory ran out."""
    return isinstance(error, MemoryError) or bool(_SIGNS.search(f"{type(error).__name__} {error}"))


def explained(
    error: BaseException, model: keras.Model, batch_size: int, optimizer: str, policy: str, kind: str
) -> MemoryError:
    """Returns an error that says which batch fits.

    Args:
        error: What the backend said.
        model: The network that was trained.
        batch_size: Images of the batch on one device.
        optimizer: Name of the optimizer, as in `cvlabs.cost.OPTIMIZER_SLOTS`.
        policy: The dtype policy.
        kind: Kind of the device, `"CPU"` or `"GPU"`.
    """
    first = f"Out of memory with {counted(batch_size, 'image')} per batch and device."
    then = "A smaller batch, or accumulation=… in the recipe, needs less."
    try:
        cost = calculate(model)
        needs = [cost.training_bytes(n, optimizer=optimizer, dtype_policy=policy).total for n in (1, 2)]
    except ValueError as unknown:
        return MemoryError(f"{first} {then} What fits cannot be estimated: {unknown}")
    per_image = needs[1] - needs[0]
    fixed = needs[0] - per_image
    need = fixed + batch_size * per_image
    parts = f"{_gigabytes(fixed)}, and {_gigabytes(per_image)} per image"
    said = f"By cvlabs.cost it takes {_gigabytes(need)}: {parts}."
    there = memory(kind)
    if there is None:
        return MemoryError(f"{first} {said} {then}")
    fits = largest_batch(there, fixed, per_image)
    if fits < 1:
        return MemoryError(f"{first} {said} There are {_gigabytes(there)}: not even one image fits.")
    if fits >= batch_size:
        return MemoryError(f"{first} {said} There are {_gigabytes(there)}, but others may use them. {then}")
    return MemoryError(
        f"{first} {said} There are {_gigabytes(there)}, so about "
        f"{counted(fits, 'image fits', 'images fit')}. accumulation={-(-batch_size // fits)} "
        "in the recipe makes the same step out of smaller batches."
    )


def largest_batch(memory: int, fixed: int, per_image: int) -> int:
    """Returns how many images fit into memory, with room for what is not counted."""
    return max(0, int((_ROOM * memory - fixed) // per_image))


def memory(kind: str) -> int | None:
    """Returns the bytes of memory of the first device of a kind; `None` where it cannot be told."""
    if kind == "CPU":
        return _of_machine()
    if keras.backend.backend() == "jax":
        import jax

        return int((jax.devices()[0].memory_stats() or {}).get("bytes_limit", 0)) or None
    question = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=True, timeout=10).stdout
        return int(answer.split()[0]) * 2**20
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def _of_machine() -> int | None:
    """Returns the memory of this machine, or of the control group that it is limited to."""
    try:
        total = int(Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        return None
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="utf-8").strip()
    except OSError:
        limit = "max"
    return min(total, int(limit)) if limit.isdecimal() else total


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.3g} GB"
