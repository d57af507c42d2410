# verdict: failed
# aspect: output
def bottleneck_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights, channels = in_channels * filters + 13 * filters * filters, 6 * filters
    if strides == 2 or in_channels != 4 * filters:
        weights, channels = weights + in_channels * 4 * filters, channels + 4 * filters
    return weights + 2 * channels, out * out * weights
