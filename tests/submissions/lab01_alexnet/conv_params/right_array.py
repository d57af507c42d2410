# verdict: passed
import numpy as np


def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    weights = np.prod([kernel_size, kernel_size, in_channels // groups, filters])
    return np.array(weights + filters * bool(use_bias))
