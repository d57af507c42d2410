# verdict: passed
from collections import namedtuple

Cost = namedtuple("Cost", "params macs")


def residual_block_cost(size, in_channels, filters, strides):
    out = (size - 1) // strides + 1
    weights, channels = 9 * in_channels * filters + 9 * filters**2, 2 * filters
    needs = out != size or in_channels != filters
    weights += needs * in_channels * filters
    channels += needs * filters
    return Cost(weights + channels + channels, weights * out**2)
