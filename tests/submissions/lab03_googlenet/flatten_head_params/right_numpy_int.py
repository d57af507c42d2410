# verdict: passed
import numpy as np


def flatten_head_params(h, w, c, classes):
    return np.int64(h) * w * c * classes + np.int64(classes)
