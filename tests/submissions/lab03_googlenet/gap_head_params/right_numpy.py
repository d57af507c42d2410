# verdict: passed
import numpy as np


def gap_head_params(c, classes):
    kernel, bias = np.zeros((c, classes)), np.zeros(classes)
    return kernel.size + bias.size
