# verdict: passed
import numpy as np


def stacked_macs(size, kernel_size, depth, channels):
    positions = np.ones((size, size), dtype=np.int64)
    return positions.sum() * stacked_params(kernel_size, depth, channels)
