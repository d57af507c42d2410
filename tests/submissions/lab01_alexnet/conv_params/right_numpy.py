# verdict: passed
import numpy as np


def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    kernel = np.zeros((kernel_size, kernel_size, in_channels // groups, filters))
    return np.int64(kernel.size) + (filters if use_bias else 0)
