# verdict: failed
# aspect: output
# misconception: cost_with_one_norm
def residual_block_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights = 9 * in_channels * filters + 9 * filters * filters
    if strides != 1 or in_channels != filters:
        weights += in_channels * filters
    return weights + 2 * filters, out * out * weights
