"""What a measurement stands on: the machine, and whether anything else was running on it."""

import os
import platform
import time
from importlib import metadata
from pathlib import Path

import numpy as np

SIDE = 1536
PACKAGES = ("cvlabs", "keras", "tensorflow", "tensorflow-cpu", "jax", "torch", "torchvision", "numpy")


def matrix_product() -> float:
    """Returns the GFLOP/s of a float32 matrix product in NumPy, the best of some."""
    a = np.random.default_rng(0).standard_normal((SIDE, SIDE), dtype="float32")
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        a @ a
        seconds.append(time.perf_counter() - start)
    return 2 * SIDE**3 / min(seconds) / 1e9


def has_bfloat16() -> bool:
    """Whether the processor has instructions for bfloat16; without them it is emulated, and slow."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def processor() -> str:
    """Returns the name of the processor and the number of its cores."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores"


def versions() -> str:
    """Returns the versions of the packages that a measurement depends on."""
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


def backend() -> str:
    """Returns the name of Keras' backend; of TensorFlow also whether it uses oneDNN, which matters on CPU."""
    import keras

    name: str = keras.backend.backend()
    if name != "tensorflow":
        return name
    from cvlabs.onednn import onednn_in_use

    return f"tensorflow, oneDNN {'on' if onednn_in_use() else 'off'}"


def peak_bytes() -> int:
    """Returns the most memory that this process has held at once."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says on Linux includes the parent's memory
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return 1024 * int(line.split()[1])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS
