# verdict: passed
import numpy as np


def equivalent_depth(kernel_size):
    return np.arange(1, kernel_size, 2).size + np.int64(0)
