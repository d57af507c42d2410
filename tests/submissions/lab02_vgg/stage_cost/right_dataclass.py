# verdict: passed
import dataclasses


@dataclasses.dataclass
class Cost:
    memory: int
    params: int
    macs: int


def stage_cost(size, channels):
    return dataclasses.astuple(Cost(4 * size**2 * channels, 9 * channels**2, 9 * (size * channels) ** 2))
