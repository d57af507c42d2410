# verdict: passed
from collections import namedtuple

Cost = namedtuple("Cost", "params macs")


def bottleneck_cost(size, in_channels, filters, strides):
    out = (size - 1) // strides + 1
    weights, channels = in_channels * filters + 9 * filters**2 + 4 * filters**2, 6 * filters
    needs = out != size or in_channels != 4 * filters
    weights += needs * in_channels * 4 * filters
    channels += needs * 4 * filters
    return Cost(weights + channels + channels, weights * out**2)
