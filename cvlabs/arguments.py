"""What users pass to `create_model`, checked before anything is built."""

import difflib
import inspect
import math
import os
import typing
from collections.abc import Callable, Mapping
from numbers import Real
from pathlib import Path
from types import NoneType
from typing import Any

import keras
import numpy as np

from cvlabs.pretrained.read import SUFFIXES
from cvlabs.whole_number import is_whole

_FROM_ZERO = ("padding", "middle")  # options that count from 0; the others do from 1
_RATE = "_rate"


def checked(network: str, builder: Callable[..., Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a builder's arguments, their whole numbers as int and the shape as a tuple.

    Raises:
        ValueError: The builder has no such argument, or it is of another kind.
    """
    parameters = inspect.signature(builder).parameters
    known = [name for name in parameters if name != "name"]  # which is the network's
    unknown = sorted(set(arguments) - set(known))
    if unknown:
        raise ValueError(f"{network} has no option {unknown[0]!r}; it takes: {', '.join(known)}.")
    for name, value in arguments.items():
        if name != "input_shape":
            _check(name, value, parameters[name].annotation, builder)
    plain = {name: int(value) if is_whole(value, 0) else value for name, value in arguments.items()}
    return plain | ({"input_shape": _shape(plain["input_shape"])} if "input_shape" in plain else {})


def check_flag(name: str, value: Any) -> None:
    """Raises ValueError if a value is neither `True` nor `False`: text would count as true, `"False"` too."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False; got {value!r}.")


def check_weights(weights: Any) -> None:
    """Raises ValueError if `weights` is neither `None`, nor `"imagenet"`, nor the path of a file."""
    if weights is None or weights == "imagenet":
        return
    if not isinstance(weights, str | os.PathLike):
        raise ValueError(f'weights must be None, "imagenet" or the path of a file, got {weights!r}.')
    if not str(weights) or not Path(weights).is_file():
        near = difflib.get_close_matches(str(weights).casefold(), ["imagenet"])
        kinds = ", ".join(SUFFIXES)
        hint = 'did you mean "imagenet"?' if near else f'expected "imagenet" or one of {kinds}.'
        raise ValueError(f"weights={str(weights)!r} is no file; {hint}")


def check_activation(activation: Any) -> None:
    """Raises ValueError if Keras has no such activation."""
    if _is_activation(activation):
        return
    names = [name for name in dir(keras.activations) if not name.startswith("_")]
    near = difflib.get_close_matches(str(activation).casefold(), names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    raise ValueError(
        'classifier_activation must be None or the name of an activation of Keras, such as "softmax" or '
        f'"sigmoid", got {activation!r}{hint}'
    )


def _is_activation(value: Any) -> bool:
    if callable(value):
        return not isinstance(value, type)  # a class of layers, called with logits, makes a layer of them
    try:
        keras.activations.get(value)
    except (ValueError, TypeError):
        return False
    return True


def _check(name: str, value: Any, annotation: Any, builder: Callable[..., Any]) -> None:
    kinds = typing.get_args(annotation) if NoneType in typing.get_args(annotation) else (annotation,)
    if typing.get_origin(kinds[0]) is Callable:
        fits = callable(value) or (value is None and NoneType in kinds)
        module = inspect.unwrap(getattr(builder, "func", builder)).__module__
        expected = f"a function, as those in {module} and cvlabs.blocks are"
    elif annotation is bool:
        fits, expected = isinstance(value, bool), "True or False"
    elif annotation is int:
        least = 0 if name in _FROM_ZERO else 1
        fits, expected = is_whole(value, least), f"a whole number of at least {least}"
    elif annotation is float and name.endswith(_RATE):
        fits, expected = _number(value) and 0 <= value < 1, "a number from 0 up to, not including, 1"
    elif annotation is float:
        fits, expected = _number(value) and value > 0, "a positive number"
    else:
        return
    if not fits:
        raise ValueError(f"{name} must be {expected}; got {value!r}.")


def _shape(value: Any) -> tuple[int | None, int | None, int]:
    expected = "input_shape must be (height, width, channels), such as (224, 224, 3)"
    try:
        sizes = tuple(value)
    except TypeError:
        sizes = ()
    if len(sizes) != 3 or isinstance(value, str):
        raise ValueError(f"{expected}; got {value!r}.")
    if not all(is_whole(n, 1) for n in sizes if n is not None) or sizes[2] is None:
        raise ValueError(f"{expected}, of whole numbers of at least 1; got {value!r}.")
    height, width = (None if n is None else int(n) for n in sizes[:2])
    channels = int(sizes[2])
    if height in (1, 3) and channels > 16 and (width is None or width > 4):
        raise ValueError(f"{expected}, with the channels last: {(width, channels, height)}; got {value!r}.")
    return height, width, channels


def _number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
