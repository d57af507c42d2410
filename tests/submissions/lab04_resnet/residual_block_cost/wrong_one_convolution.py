# verdict: failed
# aspect: output
# misconception: cost_of_one_convolution
def residual_block_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    convs = [(3, in_channels, filters)]
    if not (strides == 1 and in_channels == filters):
        convs.append((1, in_channels, filters))
    return sum(k * k * c * f + 2 * f for k, c, f in convs), sum(
        k * k * c * f * out * out for k, c, f in convs
    )
