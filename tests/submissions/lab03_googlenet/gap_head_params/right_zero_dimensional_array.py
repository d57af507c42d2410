# verdict: passed
import numpy as np


def gap_head_params(c, classes):
    return np.array(c * classes + classes)
