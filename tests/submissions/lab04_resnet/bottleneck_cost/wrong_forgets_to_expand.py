# verdict: failed
# aspect: output
# misconception: cost_that_forgets_to_expand
def bottleneck_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights, channels = in_channels * filters + 10 * filters**2, 3 * filters
    if strides != 1 or in_channels != filters:
        weights, channels = weights + in_channels * filters, channels + filters
    return weights + 2 * channels, weights * out**2
