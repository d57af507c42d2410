# verdict: passed
import numpy as np


def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    size, kernel_size = np.int64(size), np.int64(kernel_size)
    return np.floor_divide(size + 2 * padding - dilation * (kernel_size - 1) - 1, strides) + 1
