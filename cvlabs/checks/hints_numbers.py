"""What to do where an answer's numbers are wrong because of how the computer holds them."""

from collections.abc import Iterator, Sequence

import numpy as np

from cvlabs.checks.plain import Plain
from cvlabs.checks.task import Trial

OVERFLOW = (
    "Your numbers overflow: an integer of 32 bits ends at 2,147,483,647 and then goes on from below. In "
    "keras.ops and in TensorFlow integers have 32 bits; Python's own have no end."
)
ROUNDED = (
    "Your numbers are right but for rounding: beyond 16,777,216, a float32 does not hold every whole number. "
    "Compute with Python's own numbers, in place of those of keras.ops, TensorFlow or np.float32."
)


def hint_of_numbers(got: Sequence[Trial], expected: Sequence[Trial]) -> str:
    """Returns the hint for whole numbers that are all right or all spoilt in one way; empty for others."""
    pairs = [
        pair
        for mine, right in zip(got, expected, strict=True)
        for pair in _pairs(mine["value"], right["value"])
        if pair[0] != pair[1]
    ]
    if not pairs or not all(isinstance(right, int) for _, right in pairs):
        return ""
    if all(_overflowed(mine, right) for mine, right in pairs):
        return OVERFLOW
    return ROUNDED if all(_rounded(mine, right) for mine, right in pairs) else ""


def _pairs(got: Plain, expected: Plain) -> Iterator[tuple[Plain, Plain]]:
    if isinstance(got, list) and isinstance(expected, list):
        for mine, right in zip(got, expected, strict=False):
            yield from _pairs(mine, right)
    else:
        yield got, expected


def _overflowed(mine: Plain, right: Plain) -> bool:
    return (
        isinstance(mine, int) and isinstance(right, int) and (mine - right) % 2**32 == 0 and abs(mine) < 2**32
    )


def _rounded(mine: Plain, right: Plain) -> bool:
    """Whether a float32 holds `mine`, but not `right`, and they are a few units of it apart."""
    if isinstance(mine, str | list) or isinstance(right, str | list):
        return False
    if not abs(mine - right) < 1e-6 * abs(right):  # first: a stranger's number may be beyond every float
        return False
    return float(np.float32(mine)) == mine and float(np.float32(right)) != right
