# verdict: passed
from dataclasses import astuple, dataclass


@dataclass
class Cost:
    params: int
    macs: int


def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = in_channels * (f1 + 9 * f3 + 25 * f5)
    return astuple(Cost(weights + f1 + f3 + f5, weights * size**2))
