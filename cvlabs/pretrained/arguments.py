"""What saving and loading take: a model, and the path of a file."""

import os
from pathlib import Path

import keras


def check_model(model: object) -> None:
    """Raises the error for what is no model.

    Raises:
        ValueError: It is none.
    """
    if not isinstance(model, keras.Model):
        raise ValueError(
            f"Expected a Keras model first, as cvlabs.create_model returns, got {type(model).__name__}."
        )


def file_path(path: object) -> Path:
    """Returns the path of a file.

    Raises:
        ValueError: It is neither text nor a `Path`.
    """
    if not isinstance(path, str | os.PathLike):
        raise ValueError(f"Expected the path of a file with weights, got {path!r}.")
    return Path(path)
