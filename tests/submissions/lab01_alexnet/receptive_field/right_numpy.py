# verdict: passed
import numpy as np


def receptive_field(layers):
    if len(layers) == 0:
        return 1
    kernels, strides = np.array(layers).T
    jumps = np.cumprod([1, *strides[:-1]])
    return 1 + ((kernels - 1) * jumps).sum()
