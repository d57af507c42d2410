# verdict: passed
from decimal import Decimal, ROUND_FLOOR


def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    q = Decimal(size + 2 * padding - dilation * (kernel_size - 1) - 1) / Decimal(strides)
    return q.to_integral_value(ROUND_FLOOR) + 1
