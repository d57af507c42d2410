# verdict: failed
# aspect: output
def residual_block_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights, channels = 9 * in_channels * filters + 9 * filters * filters, 2 * filters
    if strides == 2 or in_channels != filters:
        weights, channels = weights + in_channels * filters, channels + filters
    return weights + 2 * channels, out * out * weights
