# verdict: passed
import numpy as np


def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    kernels = np.array([1, 1, 3, 1, 5, 1], dtype=np.int64)
    inputs = np.array([in_channels, in_channels, f3_reduce, in_channels, f5_reduce, in_channels])
    filters = np.array([f1, f3_reduce, f3, f5_reduce, f5, pool_proj])
    weights = kernels**2 * inputs * filters
    return np.array([(weights + filters).sum(), size**2 * weights.sum()])
