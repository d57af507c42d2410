# verdict: failed
# aspect: output
# misconception: cost_that_projects_by_stride
def residual_block_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    convs = [(3, in_channels, filters), (3, filters, filters)]
    if strides > 1:
        convs.append((1, in_channels, filters))
    return sum(k * k * c * f + 2 * f for k, c, f in convs), sum(
        k * k * c * f * out * out for k, c, f in convs
    )
