# verdict: passed
from functools import reduce


def plain_block(x, filters, strides=1):
    return reduce(lambda y, step: conv_bn_relu(y, filters, kernel_size=3, strides=step), (strides, 1), x)
