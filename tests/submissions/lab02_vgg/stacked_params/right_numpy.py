# verdict: passed
import numpy as np


def stacked_params(kernel_size, depth, channels):
    return np.prod([depth, kernel_size, kernel_size, channels, channels], dtype=np.int64)
