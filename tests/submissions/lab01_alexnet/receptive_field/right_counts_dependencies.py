# verdict: passed
import numpy as np


def receptive_field(layers):
    hit = np.ones(1)
    for k, s in reversed(layers):
        up = np.zeros((len(hit) - 1) * s + 1)
        up[::s] = hit
        hit = np.convolve(up, np.ones(k))
    return np.count_nonzero(hit)
