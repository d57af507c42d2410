# verdict: passed
from typing import NamedTuple


class Cost(NamedTuple):
    memory_bytes: int
    params: int
    macs: int


def stage_cost(size, channels):
    values = size * size * channels
    return Cost(values * 4, 9 * channels**2, values * 9 * channels)
