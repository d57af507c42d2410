"""What this machine has, and what it lacks: versions, devices, precision."""

import importlib.util
import json
import os
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import cvlabs

BACKENDS = {  # and the modules that Keras imports for them
    "tensorflow": ("tensorflow",),
    "jax": ("jax",),
    "torch": ("torch",),
    "numpy": ("jax",),  # whose convolutions it takes
}
_DISTRIBUTIONS = {"tensorflow": ("tensorflow", "tensorflow-cpu", "tensorflow-intel")}
_EXTRAS = {  # module: the extra that installs it, and what it is for
    "safetensors": ("weights", "reading and writing weights"),
    "huggingface_hub": ("weights", 'weights="imagenet"'),
    "tensorflow_datasets": ("data", "data sets of TensorFlow Datasets"),
    "matplotlib": ("labs", "figures"),
    "jupyterlab": ("labs", "the labs"),
    "nbgrader": ("labs", "the labs and the autograder"),
}
_ASK_DEVICES = {  # programs that print a line per device, and how TensorFlow uses the processor
    "tensorflow": """
import tensorflow
devices = tensorflow.config.list_physical_devices()
for device in devices:
    print("device:", device.device_type, device.name)
if all(device.device_type == "CPU" for device in devices):
    from cvlabs.onednn import ADVICE, onednn_in_use
    told = {True: "on", False: "off; " + ADVICE, None: "unknown"}
    print("oneDNN's kernels on the CPU:", told[onednn_in_use()])
""",
    "jax": """
import jax
for device in jax.devices():
    print("device:", device.platform.upper(), device)
""",
    "torch": """
import torch
print("device: CPU")
for i in range(torch.cuda.device_count()):
    print("device: GPU", torch.cuda.get_device_name(i))
""",
    "numpy": """
import keras
print("device: CPU")
print("numpy computes a network's outputs, and cannot train it; tensorflow, jax and torch can.")
""",
}


def examine() -> tuple[list[str], bool]:
    """Returns a report, line by line, and whether networks can be built here."""
    lines = [f"cvlabs {cvlabs.__version__}, Python {platform.python_version()}, {platform.platform()}"]
    lines.append(f"keras {_version('keras') or 'is missing'}, numpy {_version('numpy') or 'is missing'}")
    for name in BACKENDS:
        if name != "numpy":
            version = _version(name) or "(version unknown)"
            lines.append(f"{name} {version if _installed(name) else 'is not installed'}")
    chosen = _chosen_backend()
    problem = _problem(chosen)
    if problem:
        lines.append(f"Keras would use {chosen}, {problem}")
    else:
        lines += [f"Keras uses {chosen}.", *_devices(chosen)]
    lines.append(_precision())
    for module, (extra, purpose) in _EXTRAS.items():
        if not _installed(module):
            lines.append(f'missing: {module}, for {purpose}: pip install "cvlabs[{extra}]"')
    return lines, not problem


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _version(name: str) -> str | None:
    for distribution in _DISTRIBUTIONS.get(name, (name,)):
        try:
            return metadata.version(distribution)
        except metadata.PackageNotFoundError:
            continue
    return None


def _chosen_backend() -> str:
    """As Keras chooses: the environment variable, its settings file, TensorFlow."""
    if chosen := os.environ.get("KERAS_BACKEND"):
        return chosen
    try:
        home = Path(os.environ.get("KERAS_HOME", Path.home() / ".keras"))
        return str(json.loads((home / "keras.json").read_text(encoding="utf-8"))["backend"])
    except (OSError, ValueError, KeyError, TypeError):
        return "tensorflow"


def _problem(backend: str) -> str:
    """What keeps Keras from using a backend, and what to do about it; nothing where it can."""
    if backend not in BACKENDS:
        return f"but KERAS_BACKEND must be one of {', '.join(BACKENDS)}, got {backend!r}."
    missing = [name for name in ("keras", "numpy", *BACKENDS[backend]) if not _installed(name)]
    if not missing:
        return ""
    what = "which" if missing == [backend] else f"for which {' and '.join(missing)}"
    are = "is" if len(missing) == 1 else "are"
    extra = '"cvlabs[tensorflow]" (or [tensorflow-cpu])' if backend == "tensorflow" else " ".join(missing)
    other = "" if {"keras", "numpy"} & set(missing) else ", or set KERAS_BACKEND to one that is there"
    return f"{what} {are} not installed: pip install {extra}{other}."


def _devices(backend: str) -> list[str]:
    """Asks in a process of its own: a broken driver must not take the report with it."""
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    asked = subprocess.run(
        [sys.executable, "-c", _ASK_DEVICES[backend]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode:
        last = (asked.stderr.strip().splitlines() or ["no message"])[-1]
        return [f"{backend} cannot be used: {last}"]
    return asked.stdout.splitlines()


def _precision() -> str:
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return "precision on the CPU: float32 (this system does not tell whether bfloat16 is fast)"
    fast = [flag for flag in ("avx512_bf16", "amx_bf16") if flag in flags]
    if fast:
        return f"precision on the CPU: mixed_bfloat16 is fast here ({', '.join(fast)}); never float16"
    return "precision on the CPU: float32; bfloat16 has no instructions here, float16 never pays"
