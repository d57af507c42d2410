# verdict: failed
# aspect: output
# misconception: cost_with_a_late_stride
def residual_block_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    first, second = 9 * in_channels * filters, 9 * filters**2
    project = 0 if strides == 1 and in_channels == filters else in_channels * filters
    params = first + second + project + 2 * filters * (3 if project else 2)
    return params, first * size**2 + (second + project) * out**2
