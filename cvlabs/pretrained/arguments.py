"""What saving and loading take: a model, and the path of a file."""

import os
from pathlib import Path

import keras


def check_model(model: object) -> None:
    """Raises the error for what is no model of a network's layers.

    Raises:
        ValueError: It is no model, or one whose layers are in another one inside it.
    """
    if not isinstance(model, keras.Model):
        raise ValueError(
            f"Expected a Keras model first, as cvlabs.create_model returns, got {type(model).__name__}."
        )
    inside = [layer.name for layer in model.layers if isinstance(layer, keras.Model)]
    if inside:
        raise ValueError(
            f"The weights of {model.name} are in a model inside it: pass model.get_layer({inside[0]!r}) "
            "instead; or save and load all of it with Keras' own model.save_weights and model.load_weights."
        )


def file_path(path: object) -> Path:
    """Returns the path of a file.

    Raises:
        ValueError: It is neither text nor a `Path`.
    """
    if not isinstance(path, str | os.PathLike):
        raise ValueError(f"Expected the path of a file with weights, got {path!r}.")
    return Path(path)
