"""Names of the classes that a network tells apart, which lie beside its file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras

from cvlabs.counted import counted
from cvlabs.predictions import imagenet_classes

CLASSES = "classes.txt"
"""Beside `model.keras`: the names of the classes, a line each."""


def names_of(network: Any, model: keras.Model, classes: Sequence[str] | None = None) -> list[str]:
    """Returns the names of a network's classes.

    Args:
        network: As for `trained_model`.
        model: What `trained_model` returned.
        classes: The names, where they are known; else those beside the network, or ImageNet's if there are
            1000 classes.

    Raises:
        ValueError: No names are known, or they are not as many as the classes.
    """
    count = model.outputs[0].shape[-1]
    names = list(classes) if classes is not None else saved_names(network, count)
    names = imagenet_classes() if names is None and count == 1000 else names
    if names is None:
        raise ValueError(
            f"{model.name} does not know the names of its {count} classes: pass classes=…, such as "
            "cvlabs.data.load(name).info.classes."
        )
    if len(names) != count:
        raise ValueError(f"The network has {count} classes, got {counted(len(names), 'name')}.")
    return [str(name) for name in names]


def saved_names(source: Any, classes: int) -> list[str] | None:
    """Returns the names of the classes that a `Result` has, or that lie beside a network, if there are any.

    Args:
        source: As for `trained_model`.
        classes: Number of classes of the network.

    Raises:
        ValueError: The file cannot be read, or there are not as many names as classes.
    """
    own = None if isinstance(source, keras.Model) else getattr(source, "classes", None)
    if own is not None:
        return list(own)
    folder = _folder(source)
    path = None if folder is None else folder / CLASSES
    if path is None or not path.is_file():
        return None
    try:
        names = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is no text in UTF-8: {error.reason}. Save it as such.") from error
    if len(names) != classes:
        raise ValueError(f"{path} has {counted(len(names), 'name')}, the network {classes} classes.")
    return names


def _folder(source: Any) -> Path | None:
    if isinstance(source, str | Path):
        return Path(source) if Path(source).is_dir() else Path(source).parent
    if isinstance(source, keras.Model):  # whose `output` is a tensor
        return None
    output: Path | None = getattr(source, "output", None)
    return output
