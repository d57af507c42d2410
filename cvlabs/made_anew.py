"""A layer of the same kind, without its weights."""

from collections.abc import Mapping
from typing import Any

import keras
from keras import layers


def made_anew(layer: keras.Operation, changes: Mapping[str, Any] | None = None) -> keras.Operation:
    """Returns a layer of the same configuration, except for the changes.

    Unlike Keras it takes a Lambda with its function as it is, and what that refers to. The configuration has
    the function's code alone, which Keras refuses to run.

    Raises:
        ValueError: Its configuration is not enough to make it.
    """
    if type(layer) is layers.Lambda:
        options = {"name": layer.name, "dtype": layer.dtype_policy, "arguments": layer.arguments}
        return layers.Lambda(layer.function, layer._output_shape, layer.mask, **options)
    try:
        return layer.__class__.from_config(layer.get_config() | dict(changes or {}))
    except (TypeError, ValueError, NotImplementedError) as error:
        cls = type(layer).__name__
        raise ValueError(
            f"{layer.name} cannot be copied: its configuration is not enough to make the {cls} anew. Classes "
            "and functions of your own need the decorator keras.saving.register_keras_serializable(); a "
            "class also a get_config and a constructor that takes **kwargs; a lambda also a name."
        ) from error
