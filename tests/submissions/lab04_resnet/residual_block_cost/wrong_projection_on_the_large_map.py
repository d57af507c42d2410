# verdict: failed
# aspect: output
# misconception: cost_with_a_projection_on_the_input_s_map
def residual_block_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    weights = 9 * in_channels * filters + 9 * filters * filters
    params, macs = weights + 4 * filters, weights * out**2
    if strides != 1 or in_channels != filters:
        params += in_channels * filters + 2 * filters
        macs += in_channels * filters * size**2
    return params, macs
