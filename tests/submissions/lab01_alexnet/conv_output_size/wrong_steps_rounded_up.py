# verdict: failed
# aspect: output
# misconception: size_of_steps_rounded_up
import math


def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    extent = dilation * (kernel_size - 1) + 1
    return math.ceil((size + 2 * padding - extent) / strides)
