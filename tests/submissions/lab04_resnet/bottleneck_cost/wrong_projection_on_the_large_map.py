# verdict: failed
# aspect: output
# misconception: cost_with_a_projection_on_the_input_s_map
def bottleneck_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights = in_channels * filters + 9 * filters * filters + 4 * filters * filters
    params, macs = weights + 2 * 6 * filters, weights * out**2
    if strides != 1 or in_channels != 4 * filters:
        params += 4 * in_channels * filters + 2 * 4 * filters
        macs += 4 * in_channels * filters * size**2
    return params, macs
