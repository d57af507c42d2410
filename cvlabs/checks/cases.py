"""Drawn cases as JSON: what a kernel that runs graded code gets.

It gets the cases and not the seed, because whoever can draw them again can watch how they are drawn. Some are
drawn backwards from the answer: the size of a layer from that of its output, a published total from the rows
that it leaves out.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from cvlabs.checks.task import Case, Grouped

_TUPLE = "tuple"
"""Marks a tuple, of which JSON knows none, and which an answer may tell from a list."""


def pack(cases: Iterable[Case]) -> list[Any]:
    """Returns cases as JSON values."""
    return [_pack(asdict(case)) for case in cases]


def unpack(values: Iterable[Any]) -> tuple[Case, ...]:
    """Returns the cases that `pack` was given."""
    return tuple(_case(_unpack(value)) for value in values)


def _case(fields: dict[str, Any]) -> Case:
    return Case(**fields | {"grouped": tuple(Grouped(**layer) for layer in fields["grouped"])})


def _pack(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _pack(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return {_TUPLE: [_pack(part) for part in value]}
    return [_pack(part) for part in value] if isinstance(value, list) else value


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_TUPLE}:
            return tuple(_unpack(part) for part in value[_TUPLE])
        return {key: _unpack(part) for key, part in value.items()}
    return [_unpack(part) for part in value] if isinstance(value, list) else value
