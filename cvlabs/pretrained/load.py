"""Weights from a file into a model, all or nothing."""

from collections.abc import Collection
from pathlib import Path

import keras

from cvlabs.pretrained.keras_files import keras_slots, named, read_keras
from cvlabs.pretrained.match import classifiers, fit, match
from cvlabs.pretrained.names import NAMES
from cvlabs.pretrained.read import SUFFIXES, read_tensors
from cvlabs.pretrained.tensors import assign

KERAS_SUFFIXES = (".weights.h5", ".keras")


def load_weights(
    model: keras.Model, path: str | Path, *, network: str | None = None, new_head: bool = False
) -> None:
    """Loads weights under torchvision's or timm's names, or Keras' own, into a model.

    Args:
        model: A model of `cvlabs.create_model` or of a builder.
        path: A `.safetensors` or `.pth` file with the names of torchvision, timm or pytorchcv; or a
            `.weights.h5` or `.keras` file of a model with the same names of layers.
        network: Name of the network, if the model is not named after it.
        new_head: Whether a classifier for another number of classes may keep its fresh weights.

    Raises:
        ValueError: The file is not there, cannot be read, or does not fit; then the model is as before.

    Example:
        >>> load_weights(model, "resnet18.safetensors")  # doctest: +SKIP
    """
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
    path = Path(path)
    if not path.is_file():
        kinds = ", ".join((*SUFFIXES, *KERAS_SUFFIXES))
        raise ValueError(f"weights={str(path)!r} is no file; expected one of {kinds}.")
    if path.name.endswith(KERAS_SUFFIXES):
        _fill_from_keras(model, path, optional, unused)
        return
    tensors = read_tensors(path)
    namings = namings_of(network or model.name)
    assign(match(model, tensors, namings, optional=optional, unused=unused), tensors)


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


def _fill_from_keras(
    model: keras.Model, path: Path, optional: Collection[str], unused: Collection[str]
) -> None:
    tensors = named(model, read_keras(path))
    try:
        assign(fit(keras_slots(model), tensors, optional=optional, unused=unused), tensors)
    except ValueError as error:
        raise ValueError(f"{path} does not fit {model.name}, so nothing was changed. {error}") from None
