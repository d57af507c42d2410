# verdict: passed
import numpy as np


def conv_macs(output_size, kernel_size, in_channels, filters):
    factors = np.array(
        [output_size, output_size, kernel_size, kernel_size, in_channels, filters], dtype="int64"
    )
    return factors.prod()
