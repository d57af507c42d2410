# verdict: passed
import numpy as np


def conv_macs(output_size, kernel_size, in_channels, filters):
    return np.square(float(output_size)) * np.square(float(kernel_size)) * in_channels * filters
