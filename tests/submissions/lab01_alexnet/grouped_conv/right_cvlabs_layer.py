# verdict: passed
from cvlabs.layers import GroupedConv2D


def grouped_conv(x, filters, kernel_size, groups):
    return GroupedConv2D(filters, kernel_size, padding="same", groups=groups)(x)
