# verdict: passed
import numpy as np


def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return np.prod(
        np.array([output_size, output_size, kernel_size, kernel_size, in_channels // groups, filters])
    )
