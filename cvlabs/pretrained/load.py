"""Weights from a file into a model, all or nothing."""

import warnings
from pathlib import Path

import keras

from cvlabs.pretrained.match import match
from cvlabs.pretrained.names import NAMES
from cvlabs.pretrained.read import SUFFIXES, first_line, read_tensors
from cvlabs.pretrained.tensors import assign

KERAS_SUFFIXES = (".weights.h5", ".keras")


def load_weights(
    model: keras.Model, path: str | Path, *, network: str | None = None, new_head: bool = False
) -> None:
    """Loads weights under torchvision's or timm's names, or Keras' own, into a model.

    Args:
        model: A model of `cvlabs.create_model` or of a builder.
        path: A `.safetensors` or `.pth` file with the names of torchvision, timm or pytorchcv; or a
            `.weights.h5` or `.keras` file of the same model.
        network: Name of the network, if the model is not named after it.
        new_head: Whether a head for another number of classes may keep its fresh weights; not for Keras'
        files.

    Raises:
        ValueError: The file is not there, cannot be read, or does not fit; then the model is as before.

    Example:
        >>> load_weights(model, "resnet18.safetensors")  # doctest: +SKIP
    """
    path = Path(path)
    if not path.is_file():
        kinds = ", ".join((*SUFFIXES, *KERAS_SUFFIXES))
        raise ValueError(f"weights={str(path)!r} is no file; expected one of {kinds}.")
    if path.name.endswith(KERAS_SUFFIXES):
        _load_keras(model, path)
        return
    tensors = read_tensors(path)
    assign(match(model, tensors, namings_of(network or model.name), new_head=new_head), tensors)


def namings_of(network: str) -> dict:
    """Returns the namings of a network.

    Raises:
        ValueError: No publisher's names of it are known.
    """
    if network not in NAMES:
        raise ValueError(
            f"No publisher's names are known for {network!r}; save and load it as .weights.h5, or say "
            "network=... if the model is one of cvlabs.list_models() under another name."
        )
    return NAMES[network]


def _load_keras(model: keras.Model, path: Path) -> None:
    before = model.get_weights()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # Keras only warns of weights that it leaves out
            if path.suffix == ".keras":
                model.set_weights(keras.saving.load_model(path, safe_mode=True).get_weights())
            else:
                model.load_weights(path)
    except (ValueError, OSError, KeyError, TypeError, UserWarning) as error:
        model.set_weights(before)
        reason = first_line(error)
        raise ValueError(f"{path} does not fit {model.name}, so nothing was changed: {reason}") from error
