"""Weights from a file into a model, all or nothing."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

import keras

from cvlabs.pretrained.arguments import check_model, file_path
from cvlabs.pretrained.keras_files import keras_slots, named, read_keras
from cvlabs.pretrained.match import classifiers, fit, match
from cvlabs.pretrained.names import NAMES
from cvlabs.pretrained.read import KERAS_SUFFIXES, SUFFIXES, read_tensors, written_for
from cvlabs.pretrained.tensors import assign


def load_weights(
    model: keras.Model, path: str | Path, *, network: str | None = None, new_head: bool = False
) -> None:
    """Loads weights under torchvision's or timm's names, or Keras' own, into a model.

    Args:
        model: A model of `cvlabs.create_model` or of a builder.
        path: A `.safetensors` or `.pth` file with the names of torchvision, timm or pytorchcv; or a
            `.weights.h5` or `.keras` file of a model with the same names of layers.
        network: Name of the network that the weights are of, if the model is not named after it. Files of
            `save_weights` and Keras' own know theirs, and those of another network are refused unless it is
            named here: `resnet50` and `resnet50_v15` have the same names and shapes, and other outputs.
        new_head: Whether a classifier for another number of classes may keep its fresh weights.

    Raises:
        ValueError: The file is not there, cannot be read, is of another network, or does not fit; then the
            model is as before.

    Example:
        >>> load_weights(model, "resnet18.safetensors")  # doctest: +SKIP
    """
    check_model(model)
    fill(model, path, network=network, optional=classifiers(model) if new_head else ())


def fill(
    model: keras.Model,
    path: str | Path,
    *,
    network: str | None = None,
    optional: Collection[str] = (),
    unused: Collection[str] = (),
) -> None:
    """Loads weights as `load_weights` does, into a model that may not have any yet.

    Layers in `optional` keep theirs where shapes differ; those in `unused` keep theirs in any case, whether
    the file has some for them or not.
    """
    file, expected = _readable(path), network or model.name
    if file.name.endswith(KERAS_SUFFIXES):
        arrays, origin = read_keras(file)
        tensors = named(model, arrays)
        find = partial(fit, keras_slots(model), tensors)
    else:
        tensors, origin = read_tensors(file), written_for(file)
        find = partial(match, model, tensors, namings_of(expected))
    # A name that is no network's is what a user called the model.
    other = origin if origin != expected and {origin, expected} <= set(NAMES) else None
    try:
        found = find(optional=optional, unused=unused)
    except ValueError as error:
        whose = f" (weights of {other})" if other else ""
        raise ValueError(
            f"{file}{whose} does not fit {model.name}, so nothing was changed. {error}"
        ) from None
    if other:
        raise ValueError(
            f"{file} holds weights of {other}, expected those of {expected}: names and shapes agree, but the "
            f"outputs would not. Nothing was changed; to load them nevertheless: "
            f"load_weights(model, {str(path)!r}, network={other!r})."
        )
    assign(found, tensors)


def namings_of(network: str) -> dict:
    """Returns the namings of a network.

    Raises:
        ValueError: There is no network of that name.
    """
    if network not in NAMES:
        raise ValueError(
            f"{network!r} is no network of cvlabs, so torch's names for its layers are not known; save and "
            "load it as .weights.h5, or say network=... if it is one of list_models() under another name."
        )
    return NAMES[network]


def _readable(path: str | Path) -> Path:
    kinds = ", ".join(SUFFIXES)
    file = file_path(path)
    if not file.is_file():
        raise ValueError(f"weights={str(path)!r} is no file; expected one of {kinds}.")
    if not file.name.endswith(SUFFIXES):
        raise ValueError(f"weights={str(path)!r} is no file that can be read here; expected one of {kinds}.")
    return file
