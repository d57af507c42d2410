# verdict: passed
def bottleneck_cost(size, in_channels, filters, strides):
    weights, channels = in_channels * filters + 9 * filters**2 + 4 * filters**2, 6 * filters
    if strides != 1 or in_channels != 4 * filters:
        weights += in_channels * 4 * filters
        channels += 4 * filters
    return float(weights + 2 * channels), 1.0 * weights * ((size + strides - 1) // strides) ** 2
