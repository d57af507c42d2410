# verdict: passed
from functools import reduce


def receptive_field(layers):
    return reduce(lambda field, layer: (field - 1) * layer[1] + layer[0], layers[::-1], 1)
