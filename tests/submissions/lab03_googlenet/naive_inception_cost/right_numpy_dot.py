# verdict: passed
import numpy as np


def naive_inception_cost(size, in_channels, f1, f3, f5):
    filters = np.array([f1, f3, f5])
    weights = in_channels * np.dot([1, 9, 25], filters)
    return weights + filters.sum(), weights * size**2
