"""Whole numbers among what users pass."""

from numbers import Integral
from typing import Any


def is_whole(value: Any, least: int) -> bool:
    """Whether a value is a whole number, of any integer type, and not too small; `True` is none."""
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least


def whole_number(name: str, value: Any, least: int = 1) -> int:
    """Returns an argument that is a whole number.

    Args:
        name: The argument's name, for the error.
        value: What was passed.
        least: The smallest number that is allowed.

    Raises:
        ValueError: It is none, or too small.
    """
    if not is_whole(value, least):
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value!r}.")
    return int(value)
