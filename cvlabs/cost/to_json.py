"""Costs as plain data."""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from cvlabs.cost.result import Cost


def to_json(cost: Cost, per_layer: bool = False) -> dict[str, Any]:
    """Returns name, convention and totals, and the rows if asked for; what is not counted is `None`."""
    plain: dict[str, Any] = {"name": cost.name, "convention": cost.convention.name} | asdict(cost.total)
    if per_layer:
        plain["layers"] = [
            asdict(row) | {"stride": None if row.stride is None else [_plain(n) for n in row.stride]}
            for row in cost.rows
        ]
    return plain


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)
