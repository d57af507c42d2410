# verdict: passed
from fractions import Fraction


def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return Fraction((output_size * kernel_size) ** 2 * in_channels * filters, groups)
