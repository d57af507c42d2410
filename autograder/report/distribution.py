"""One list of numbers in brief: mean, quartiles, histogram."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

_COLUMNS = 16


@dataclass(frozen=True)
class Column:
    """One column of a histogram: values from `low` on, below `high`; in the last one all from `low` on."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Distribution:
    """A list of numbers in brief.

    Args:
        count: How many they are.
        mean: Their mean.
        least: The smallest.
        quartiles: A quarter of them, half of them, three quarters of them are below; interpolated linearly.
        most: The largest.
        columns: The histogram; no value is left out.
    """

    count: int
    mean: float
    least: float
    quartiles: tuple[float, float, float]
    most: float
    columns: tuple[Column, ...]


def distribution(values: Sequence[float], low: float, high: float) -> Distribution | None:
    """Returns a list of numbers in brief; `None` if it is empty.

    Args:
        values: The numbers, all at least `low`.
        low: Where the histogram begins, at the latest.
        high: What its last column holds, and all that is above.
    """
    if not values:
        return None
    edges = _edges(low, high)
    counts = Counter(sum(edge <= value for edge in edges[1:-1]) for value in values)
    columns = tuple(Column(left, right, counts[i]) for i, (left, right) in enumerate(pairwise(edges)))
    return Distribution(
        len(values), statistics.fmean(values), min(values), quartiles(values), max(values), columns
    )


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Returns the three quartiles, interpolated linearly between values."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    lower, middle, upper = statistics.quantiles(values, method="inclusive")
    return lower, middle, upper


def _edges(low: float, high: float) -> list[float]:
    """Returns edges at multiples of 1, 2, 5, 10, …, so that a value on `high` is in the last column."""
    width = next(
        float(f"{digit}e{power}")
        for power in range(-3, 15)
        for digit in (1, 2, 5)
        if (high - low) / float(f"{digit}e{power}") < _COLUMNS
    )
    first, last = floor(low / width), floor(high / width)
    return [i * width for i in range(first, last + 2)]
