# verdict: passed
import numpy as np


def conv_params(kernel_size, in_channels, filters):
    weights = np.prod([kernel_size, kernel_size, in_channels, filters])
    return weights + filters
