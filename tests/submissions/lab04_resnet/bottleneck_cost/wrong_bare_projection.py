# verdict: failed
# aspect: output
# misconception: cost_with_a_bare_projection
def bottleneck_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights, channels = in_channels * filters + 9 * filters**2 + 4 * filters**2, 6 * filters
    if not (strides == 1 and in_channels == 4 * filters):
        weights += in_channels * 4 * filters
    return weights + 2 * channels, weights * out**2
