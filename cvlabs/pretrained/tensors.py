"""A model's variables as torch would hold them: names, shapes, and the way there and back."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers

from cvlabs.graph import producer
from cvlabs.variables import set_value

Array = Any  # numpy.ndarray

_LEAVES = {  # Keras' names of variables, and torch's
    "kernel": "weight",
    "bias": "bias",
    "gamma": "weight",
    "beta": "bias",
    "moving_mean": "running_mean",
    "moving_variance": "running_var",
}


@dataclass(frozen=True)
class Slot:
    """One variable, and its place in a checkpoint.

    Args:
        layer: Name of the layer that it belongs to.
        variable: The Keras variable.
        shape: Shape of the tensor in the checkpoint.
        to_torch: Takes the variable's value to the tensor's.
        from_torch: Takes the tensor's value to the variable's.
    """

    layer: str
    variable: Any
    shape: tuple[int, ...]
    to_torch: Callable[[Array], Array]
    from_torch: Callable[[Array], Array]

    def fits(self, shape: tuple[int, ...]) -> bool:
        """Whether a tensor of this shape fits; a convolution over a whole map fits a dense layer."""
        if len(self.shape) == 2 and len(shape) == 4:
            return (shape[0], math.prod(shape[1:])) == self.shape
        return shape == self.shape


def slots(model: keras.Model, naming: Callable[[str], str]) -> dict[str, Slot]:
    """Returns the slot of every variable of a model by its torch name.

    Args:
        model: A built functional model.
        naming: Takes the name of a layer to the prefix of its tensors.

    Raises:
        ValueError: A layer's weights have no known counterpart in torch, or two would get one name.
    """
    found: dict[str, Slot] = {}
    for layer in model.layers:
        for variable in layer.weights:
            if variable.dtype.startswith("uint"):  # the state of a random generator
                continue
            name = _name(layer, variable, naming)
            if name in found:
                raise ValueError(f"two variables are named {name}; the second one is {variable.path}.")
            found[name] = _slot(layer, variable)
    return found


def assign(found: Mapping[str, Slot], tensors: Mapping[str, Array]) -> None:
    """Sets every variable from the tensor of its name; the shapes fit."""
    for name, slot in found.items():
        set_value(slot.variable, slot.from_torch(np.asarray(tensors[name])))


def _name(layer: keras.Layer, variable: Any, naming: Callable[[str], str]) -> str:
    try:
        return f"{naming(layer.name)}.{_LEAVES[variable.name]}"
    except LookupError:
        raise _no_counterpart(layer, variable) from None


def _no_counterpart(layer: keras.Layer, variable: Any) -> ValueError:
    return ValueError(
        f"The {variable.name} of {layer.name}, a {type(layer).__name__}, has no counterpart in torch's files "
        "of this network; model.save_weights('….weights.h5') saves it under Keras' names."
    )


def _slot(layer: keras.Layer, variable: Any) -> Slot:
    shape = tuple(variable.shape)
    if variable.name != "kernel":
        return Slot(layer.name, variable, shape, np.asarray, lambda tensor: tensor.reshape(shape))
    if isinstance(layer, layers.DepthwiseConv2D):  # H W C M -> C·M 1 H W
        h, w, channels, multiplier = shape
        return Slot(
            layer.name,
            variable,
            (channels * multiplier, 1, h, w),
            lambda kernel: kernel.transpose(2, 3, 0, 1).reshape(channels * multiplier, 1, h, w),
            lambda tensor: tensor.reshape(channels, multiplier, h, w).transpose(2, 3, 0, 1),
        )
    if isinstance(layer, layers.Conv2D):  # H W I O -> O I H W
        h, w, inputs, outputs = shape
        return Slot(
            layer.name,
            variable,
            (outputs, inputs, h, w),
            lambda kernel: kernel.transpose(3, 2, 0, 1),
            lambda tensor: tensor.transpose(2, 3, 1, 0),
        )
    if isinstance(layer, layers.Dense):
        return _dense_slot(layer.name, variable, _flattened_map(layer) or (1, 1, shape[0]))
    raise _no_counterpart(layer, variable)


def _dense_slot(layer: str, variable: Any, size: tuple[int, int, int]) -> Slot:
    """A dense kernel (H·W·C) O is O (C·H·W) in torch, which flattens channels first."""
    h, w, channels = size
    inputs, outputs = variable.shape
    return Slot(
        layer,
        variable,
        (outputs, inputs),
        lambda kernel: kernel.reshape(h, w, channels, outputs).transpose(3, 2, 0, 1).reshape(outputs, inputs),
        lambda tensor: tensor.reshape(outputs, channels, h, w).transpose(2, 3, 1, 0).reshape(inputs, outputs),
    )


def _flattened_map(layer: keras.Layer) -> tuple[int, int, int] | None:
    """Shape of the map that was flattened into a dense layer's input, with only dropout between."""
    while True:
        layer = producer(layer.input)
        if isinstance(layer, layers.Flatten) and len(layer.input.shape) == 4:
            h, w, channels = layer.input.shape[1:]
            return (h, w, channels) if math.prod((h, w)) > 1 else None
        if not isinstance(layer, layers.Dropout):
            return None
