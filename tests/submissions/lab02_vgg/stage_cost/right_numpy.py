# verdict: passed
import numpy as np


def stage_cost(size, channels):
    params = np.int64(9) * channels * channels
    return np.array([size * size * channels * np.float32().nbytes, params, params * size * size])
