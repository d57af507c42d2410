# verdict: passed
from itertools import accumulate
from operator import mul


def receptive_field(layers):
    ks = [k for k, s in layers]
    jumps = accumulate([s for k, s in layers], mul, initial=1)
    return 1 + sum((k - 1) * j for k, j in zip(ks, jumps))
