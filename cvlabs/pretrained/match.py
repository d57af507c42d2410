"""Which tensor goes into which variable; nothing is changed before all of them fit."""

import re
from collections.abc import Callable, Collection, Mapping

import keras
import numpy as np

from cvlabs.features import AUXILIARY, HEAD
from cvlabs.pretrained.mismatch import side_by_side
from cvlabs.pretrained.tensors import Slot, slots

_AUXILIARY_TENSOR = re.compile(r"(aux\d*|AuxLogits)\.")


def match(
    model: keras.Model,
    tensors: Mapping[str, np.ndarray],
    namings: Mapping[str, Callable[[str], str]],
    *,
    optional: Collection[str] = (),
    unused: Collection[str] = (),
) -> dict[str, Slot]:
    """Finds the slot of every tensor under the publisher's names that fit best.

    Tensors of auxiliary heads that the model does not have are left out.

    Args:
        model: The model.
        tensors: A checkpoint's tensors.
        namings: The namings of the network, by publisher.
        optional: Layers that keep their weights where the checkpoint's are of other shapes.
        unused: Layers that are of no interest, whatever the checkpoint has for them.

    Returns:
        The slots to fill, by the names of their tensors.

    Raises:
        ValueError: Names are missing or unexpected, or shapes differ; all are listed, side by side. Or no
            publisher has such a layer.
    """
    candidates = {publisher: _slots(model, naming) for publisher, naming in namings.items()}
    if not any(candidates.values()):
        slots(model, next(iter(namings.values())))  # says why there are none
    publisher = max(candidates, key=lambda p: len(set(candidates[p]) & set(tensors)))
    if not any(layer.name.startswith(AUXILIARY) for layer in model.layers):
        tensors = {name: tensor for name, tensor in tensors.items() if not _AUXILIARY_TENSOR.match(name)}
    try:
        return fit(candidates[publisher], tensors, optional=optional, unused=unused)
    except ValueError as error:
        raise ValueError(f"Under {publisher}'s names: {error}") from None


def fit(
    found: Mapping[str, Slot],
    tensors: Mapping[str, np.ndarray],
    *,
    optional: Collection[str] = (),
    unused: Collection[str] = (),
) -> dict[str, Slot]:
    """Returns the slots that the tensors of their names fill.

    Args:
        found: All slots, by name.
        tensors: All tensors, by name.
        optional: Layers that are left out as a whole where one of their tensors is of another shape.
        unused: Layers that are left out, whether there are tensors for them or not.

    Raises:
        ValueError: Names are missing or unexpected, or shapes differ; all are listed, side by side.
    """
    tensors = {k: v for k, v in tensors.items() if k not in found or found[k].layer not in unused}
    found = {name: slot for name, slot in found.items() if slot.layer not in unused}
    misshapen = [name for name, slot in found.items() if name in tensors and not _fills(tensors[name], slot)]
    fresh = {found[name].layer for name in misshapen} & set(optional)
    problems = side_by_side(
        {
            "missing in it": [name for name in found if name not in tensors],
            "not expected": [name for name in tensors if name not in found],
            "of another shape": [
                f"{name} {_described(tensors[name])} for {found[name].shape}"
                for name in misshapen
                if found[name].layer not in fresh
            ],
        }
    )
    if problems:
        raise ValueError(problems)
    return {name: slot for name, slot in found.items() if slot.layer not in fresh}


def classifiers(model: keras.Model) -> set[str]:
    """Returns the layers that depend on the number of classes: the last with weights of each head."""
    last = {
        layer.name.split("_")[0]: layer.name
        for layer in model.layers
        if layer.name.startswith((HEAD, AUXILIARY)) and layer.weights
    }
    return set(last.values())


def heads(model: keras.Model) -> set[str]:
    """Returns the layers of all heads."""
    return {layer.name for layer in model.layers if layer.name.startswith((HEAD, AUXILIARY))}


def _fills(tensor: np.ndarray, slot: Slot) -> bool:
    return tensor.dtype == np.float32 and slot.fits(tensor.shape)


def _described(tensor: np.ndarray) -> str:
    return f"{tensor.shape}" if tensor.dtype == np.float32 else f"{tensor.shape} {tensor.dtype}"


def _slots(model: keras.Model, naming: Callable[[str], str]) -> dict[str, Slot]:
    try:
        return slots(model, naming)
    except ValueError:  # a publisher whose form of the network lacks some layers
        return {}
