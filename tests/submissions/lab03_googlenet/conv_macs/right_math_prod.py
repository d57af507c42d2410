# verdict: passed
import math


def conv_macs(output_size, kernel_size, in_channels, filters):
    output = (output_size, output_size, filters)
    window = (kernel_size, kernel_size, in_channels)
    return math.prod(output + window)
