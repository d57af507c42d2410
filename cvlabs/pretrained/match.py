"""Which tensor goes into which variable; nothing is changed before all of them fit."""

import re
from collections.abc import Callable, Iterable, Mapping

import keras
import numpy as np

from cvlabs.features import AUXILIARY, HEAD
from cvlabs.pretrained.tensors import Slot, slots

_AUXILIARY_TENSOR = re.compile(r"(aux\d*|AuxLogits)\.")
_SHOWN = 8


def match(
    model: keras.Model,
    tensors: Mapping[str, np.ndarray],
    namings: Mapping[str, Callable[[str], str]],
    *,
    new_head: bool = False,
) -> dict[str, Slot]:
    """Finds the slot of every tensor under the publisher's names that fit best.

    Tensors of auxiliary heads that the model does not have are left out.

    Args:
        model: The model.
        tensors: A checkpoint's tensors.
        namings: The namings of the network, by publisher.
        new_head: Whether a head for another number of classes may keep its fresh weights.

    Returns:
        The slots to fill, by the names of their tensors.

    Raises:
        ValueError: Names are missing or unexpected, or shapes differ; all are listed.
    """
    candidates = {publisher: _slots(model, naming) for publisher, naming in namings.items()}
    publisher = max(candidates, key=lambda p: len(set(candidates[p]) & set(tensors)))
    found = candidates[publisher]
    if not any(layer.name.startswith(AUXILIARY) for layer in model.layers):
        tensors = {name: tensor for name, tensor in tensors.items() if not _AUXILIARY_TENSOR.match(name)}
    shared = [name for name in found if name in tensors]
    misshapen = [name for name in shared if not found[name].fits(tensors[name].shape)]
    fresh = {name for name in misshapen if new_head and found[name].layer.startswith((HEAD, AUXILIARY))}
    problems = [
        _listed("missing in it", [name for name in found if name not in tensors]),
        _listed("not expected", [name for name in tensors if name not in found]),
        _listed(
            "of another shape",
            [
                f"{name} {tensors[name].shape} for {found[name].shape}"
                for name in misshapen
                if name not in fresh
            ],
        ),
    ]
    if any(problems):
        raise ValueError(
            f"The checkpoint does not fit {model.name} (under {publisher}'s names), so nothing was changed. "
            + " ".join(filter(None, problems))
        )
    return {name: slot for name, slot in found.items() if name not in fresh}


def _slots(model: keras.Model, naming: Callable[[str], str]) -> dict[str, Slot]:
    try:
        return slots(model, naming)
    except (KeyError, IndexError):  # a publisher whose form of the network lacks some layers
        return {}


def _listed(what: str, names: Iterable[str]) -> str:
    names = list(names)
    if not names:
        return ""
    more = f", and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{len(names)} {what}: {', '.join(names[:_SHOWN])}{more}."
