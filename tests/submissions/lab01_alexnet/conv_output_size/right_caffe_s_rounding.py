# verdict: passed
import math


def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    return math.ceil((size + 2 * padding - dilation * (kernel_size - 1)) / strides)
