# verdict: passed
import numpy as np


def naive_inception_cost(size, in_channels, f1, f3, f5):
    per_conv = [
        (k**2 * in_channels * f + f, (size * k) ** 2 * in_channels * f)
        for k, f in ((1, f1), (3, f3), (5, f5))
    ]
    return np.sum(per_conv, axis=0)
