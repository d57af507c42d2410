# verdict: failed
# aspect: output
import numpy as np


def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return (
        np.float32(output_size) ** 2
        * np.float32(kernel_size) ** 2
        * np.float32(in_channels // groups)
        * np.float32(filters)
    )
