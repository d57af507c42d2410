"""Nested plain data: numbers, texts, and sequences of such. What a function of plain data returns.

`to_plain` turns whatever an answer returned into ints, floats, texts and lists, within the sizes that
`cvlabs.checks.evidence` reads back. Tuples, lists, arrays and tensors with values all become lists.
"""

import decimal
import itertools
import math
import numbers
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from cvlabs.checks import evidence

Plain = int | float | str | list[Any]


class NotPlain(ValueError):
    """A value is not plain data; the message says in words what it is.

    Args:
        what: What it is.
        path: Where in nested sequences it is: the index in each of them on the way.
    """

    def __init__(self, what: str, path: tuple[int, ...] = ()) -> None:
        super().__init__(what[: evidence.MAX_TEXT])
        self.path = path


def to_plain(value: object) -> Plain:
    """Returns a value as nested plain data.

    A float stays a float, also where it is whole: the type of the reference decides how to compare.

    Raises:
        NotPlain: It is, or holds, something else: a truth value, NaN, `None`, a dictionary, …
    """
    return _convert(value, 0, itertools.count(1))


def kind_of(value: object) -> str:
    """Says in words what a value is, without running its `__repr__`."""
    if value is None:
        return "None (is the return statement missing?)"
    if isinstance(value, bool | int | float | str):
        return f"{type(value).__name__} {value!r:.60}"
    if isinstance(value, keras.Model):
        return f"a keras {type(value).__name__}"
    if isinstance(value, keras.KerasTensor):
        return f"a tensor of shape {value.shape}"
    if isinstance(value, keras.Layer):
        name = f"{type(value).__name__:.60}"
        return f"the layer {name} itself (is its second pair of parentheses missing, as in {name}(…)(x)?)"
    if isinstance(value, dict):
        return f"a dictionary of {dict.__len__(value)}"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return f"an object of type {type(value).__name__:.60}"


def _convert(value: object, depth: int, entries: Iterator[int]) -> Plain:
    value = _unpacked(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        value = list(tuple.__iter__(value))
    if not isinstance(value, list):
        number = _number(value)
        if number is None:
            raise NotPlain(kind_of(value))
        return number
    if depth == evidence.MAX_DEPTH:
        raise NotPlain(f"a sequence that is nested more than {evidence.MAX_DEPTH} deep")
    plain = []
    for index, item in enumerate(list.__iter__(value)):
        if next(entries) > evidence.MAX_ENTRIES:
            raise NotPlain(f"a sequence of more than {evidence.MAX_ENTRIES:,} entries")
        try:
            plain.append(_convert(item, depth + 1, entries))
        except NotPlain as error:
            what = "None" if item is None else str(error)
            raise NotPlain(what, (index, *error.path)) from None
    return plain


def _unpacked(value: Any) -> object:
    """Arrays and tensors with values as lists and Python scalars; everything else as it is."""
    if isinstance(value, int | float | str | list | tuple | keras.KerasTensor):
        return value  # before anything asks the value itself, which may be a stranger's subclass
    if keras.ops.is_tensor(value):
        value = keras.ops.convert_to_numpy(value)
    if type(value).__name__ == "TensorShape" and type(value).__module__.startswith("tensorflow."):
        return list(value)  # the shape of a tensor with values, which equals a tuple
    if not isinstance(value, np.ndarray | np.generic):
        if not hasattr(type(value), "__array__"):
            return value
        value = np.asarray(value)
    if value.size > evidence.MAX_ENTRIES:
        raise NotPlain(f"an array of {value.size:,} entries")
    return value.tolist()


def _text(value: str) -> str:
    if str.__len__(value) > evidence.MAX_TEXT:
        raise NotPlain(f"a text of {str.__len__(value):,} characters")
    return str.encode(value, "utf-8", "replace").decode("utf-8")  # half of a surrogate pair is not JSON


def _number(value: object) -> int | float | None:
    """A plain number for any integer or real scalar; `None` for the rest: truth values, NaN, text, …

    Raises:
        NotPlain: It is finite, and larger than evidence may hold.
    """
    number: int | float
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        number = int.__pos__(value)  # a plain int, whatever a subclass makes of its methods
    elif isinstance(value, float):
        number = float.__pos__(value)
    elif isinstance(value, numbers.Integral):
        number = int(value)
    elif isinstance(value, numbers.Real | decimal.Decimal):
        number = float(value)
    else:
        return None
    if evidence.MAX_NUMBER <= abs(number) < math.inf:
        raise NotPlain("a number that is far too large")
    return number if abs(number) < evidence.MAX_NUMBER else None
