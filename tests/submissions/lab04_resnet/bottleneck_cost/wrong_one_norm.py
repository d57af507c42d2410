# verdict: failed
# aspect: output
# misconception: cost_with_one_norm
def bottleneck_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights = in_channels * filters + 9 * filters * filters + 4 * filters * filters
    if strides != 1 or in_channels != 4 * filters:
        weights += in_channels * 4 * filters
    return weights + 2 * 4 * filters, out * out * weights
