"""Checkpoint files as NumPy arrays by name."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

Tensors = dict[str, np.ndarray]
KERAS_SUFFIXES = (".weights.h5", ".keras")
SUFFIXES = (".safetensors", ".pth", ".pt", ".bin", *KERAS_SUFFIXES)
_DAMAGED = (
    RuntimeError,
    EOFError,
    OSError,
    LookupError,
    AssertionError,
    AttributeError,
    TypeError,
    ValueError,
)
"""What torch raises for files that are cut or overwritten: whatever it stumbles over first."""
_COUNTER = "num_batches_tracked"  # torch counts the batches; nobody else does


def read_tensors(path: Path) -> Tensors:
    """Reads a `.safetensors` file, or one of torch's.

    Args:
        path: The file; all that does not end in `.safetensors` is taken for torch's.

    Returns:
        Floating-point tensors as float32, by name, without a common `module.` in front and without torch's
        batch counters.

    Raises:
        ValueError: The file is damaged, or holds something else than tensors by name; or reading it needs a
            package that is not installed.
    """
    tensors = _read_safetensors(path) if path.suffix == ".safetensors" else _read_torch(path)
    if tensors and all(name.startswith("module.") for name in tensors):  # saved from torch's DataParallel
        tensors = {name.removeprefix("module."): tensor for name, tensor in tensors.items()}
    return {name: _float32(tensor) for name, tensor in tensors.items() if not name.endswith(_COUNTER)}


def written_for(path: Path) -> str:
    """Returns the network that `save_weights` wrote into a file; "" for other files."""
    if path.suffix != ".safetensors":
        return ""
    from safetensors import safe_open

    with safe_open(path, framework="numpy") as file:
        metadata = file.metadata() or {}
    return metadata.get("network", "") if "cvlabs" in metadata else ""


def _read_safetensors(path: Path) -> Tensors:
    require("safetensors", f"Reading {path}")
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return dict(load_file(path))
    except (SafetensorError, OSError) as error:
        raise ValueError(f"{path} is no readable safetensors file ({error}).") from error


def _read_torch(path: Path) -> Tensors:
    if importlib.util.find_spec("torch") is None:
        raise ValueError(
            f"{path} is torch's own format, which takes torch to read: install it (pip install torch), or "
            "convert the file where torch is: "
            "safetensors.torch.save_file(torch.load(path, weights_only=True), 'weights.safetensors')."
        )
    import pickle
    import struct

    import torch

    try:
        content: Any = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ValueError(
            f"{path} holds more than tensors, and reading it would run code that it contains; "
            "save model.state_dict() instead of the whole model."
        ) from error
    except (*_DAMAGED, struct.error) as error:
        raise ValueError(f"{path} is damaged, or no file of torch's ({first_line(error)}).") from error
    for key in ("state_dict", "model"):
        if isinstance(content, Mapping) and isinstance(content.get(key), Mapping):
            content = content[key]
    if not isinstance(content, Mapping) or not all(
        isinstance(name, str) and isinstance(tensor, torch.Tensor) for name, tensor in content.items()
    ):
        raise ValueError(f"{path} holds no tensors by name; save model.state_dict().")
    return {name: _array(tensor.detach()) for name, tensor in content.items()}


def _array(tensor: Any) -> np.ndarray:
    dense = tensor.to_dense() if tensor.is_sparse else tensor
    return dense.float().numpy() if dense.is_floating_point() else dense.numpy()


def require(module: str, purpose: str) -> None:
    """Raises the error for a package that is not there.

    Raises:
        ValueError: `module` is not installed.
    """
    if importlib.util.find_spec(module) is None:
        raise ValueError(f'{purpose} takes {module}, which is not installed: pip install "cvlabs[weights]"')


def first_line(error: BaseException) -> str:
    """Returns what an error says first; some say nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _float32(tensor: np.ndarray) -> np.ndarray:
    """Floating point as float32; whole numbers as they are, which fit no variable."""
    floating = np.issubdtype(tensor.dtype, np.floating) or tensor.dtype.name == "bfloat16"
    return tensor.astype(np.float32) if floating else tensor
