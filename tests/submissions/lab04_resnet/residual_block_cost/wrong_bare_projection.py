# verdict: failed
# aspect: output
# misconception: cost_with_a_bare_projection
def residual_block_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights, channels = 9 * in_channels * filters + 9 * filters**2, 2 * filters
    if not (strides == 1 and in_channels == filters):
        weights += in_channels * filters
    return weights + 2 * channels, weights * out**2
