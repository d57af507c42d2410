# verdict: passed
def residual_block_cost(size, in_channels, filters, strides):
    weights, channels = 9 * in_channels * filters + 9 * filters**2, 2 * filters
    if strides != 1 or in_channels != filters:
        weights += in_channels * filters
        channels += filters
    return float(weights + 2 * channels), 1.0 * weights * ((size + strides - 1) // strides) ** 2
