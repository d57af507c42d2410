"""Keras' own files, `.weights.h5` and `.keras`: their arrays by layer, without building what they describe.

Keras itself fills layers in the order of the file, whatever they are called; here names must agree.
"""

import io
import zipfile
from pathlib import Path
from typing import Any

import h5py
import keras
import ml_dtypes
import numpy as np

from cvlabs.pretrained.tensors import Slot

_INSIDE = "model.weights.h5"  # in the zip archive that a .keras file is


def read_keras(path: Path) -> tuple[dict[str, list[np.ndarray]], str]:
    """Returns the arrays of every layer that has some, in Keras' order, and the name of the model.

    Args:
        path: A file that `Model.save_weights` or `Model.save` wrote. Of the latter only the weights are
            read, so that neither a configuration nor code in it is ever looked at.

    Raises:
        ValueError: The file is damaged, or none of Keras 3.
    """
    try:
        with h5py.File(_weights_of(path), "r") as file:
            layers = [_layer(group) for group in file["layers"].values()]
            return {name: arrays for name, arrays in layers if arrays}, _name(file)
    except (OSError, LookupError, AttributeError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} is damaged, or no file of Keras 3 ({error}).") from error


def keras_slots(model: keras.Model) -> dict[str, Slot]:
    """Returns the slot of every variable of a flat model by layer and variable: `"stem_conv/kernel"`."""
    return {
        f"{layer.name}/{variable.name}": Slot(
            layer.name, variable, tuple(variable.shape), np.asarray, np.asarray
        )
        for layer in model.layers
        for variable in layer.weights
    }


def named(model: keras.Model, arrays: dict[str, list[np.ndarray]]) -> dict[str, np.ndarray]:
    """Names arrays as `keras_slots` does; those that the model has no variable for by their number."""
    known = {layer.name: [variable.name for variable in layer.weights] for layer in model.layers}
    return {
        f"{layer}/{known[layer][i] if i < len(known.get(layer, [])) else i}": array
        for layer, found in arrays.items()
        for i, array in enumerate(found)
    }


def _weights_of(path: Path) -> Any:
    if path.suffix != ".keras":
        return path
    with zipfile.ZipFile(path) as archive:
        return io.BytesIO(archive.read(_INSIDE))


def _name(file: Any) -> str:
    own = file.get("vars")  # the model's own variables: none, but Keras writes its name there
    return "" if own is None else str(own.attrs.get("name", ""))


def _layer(group: Any) -> tuple[str, list[np.ndarray]]:
    variables = group.get("vars", {})
    arrays = [_array(variables[str(i)]) for i in range(len(variables))]
    return (str(variables.attrs["name"]) if arrays else "", arrays)


def _array(dataset: Any) -> np.ndarray:
    if dataset.external or dataset.is_virtual or dataset.id.get_storage_size() != dataset.nbytes:
        raise ValueError("an array does not lie in the file as Keras writes it")
    if dataset.attrs.get("dtype") == "bfloat16":
        return np.asarray(dataset).view(ml_dtypes.bfloat16).astype("float32")
    return np.asarray(dataset, dtype="float32")
