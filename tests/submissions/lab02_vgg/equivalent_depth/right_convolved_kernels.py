# verdict: passed
import numpy as np


def equivalent_depth(kernel_size):
    k, n = np.ones(3), 1
    while len(k) < kernel_size:
        k = np.convolve(k, np.ones(3))
        n += 1
    return n
