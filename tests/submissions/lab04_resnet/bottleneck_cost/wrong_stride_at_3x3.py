# verdict: failed
# aspect: output
# misconception: cost_with_stride_at_3x3
def bottleneck_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    first, rest = in_channels * filters, 13 * filters**2
    project = 0 if strides == 1 and in_channels == 4 * filters else 4 * in_channels * filters
    params = first + rest + project + 2 * filters * (10 if project else 6)
    return params, first * size**2 + (rest + project) * out**2
