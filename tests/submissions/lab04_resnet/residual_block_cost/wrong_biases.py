# verdict: failed
# aspect: output
# misconception: cost_with_biases
def residual_block_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    convs = [(3, in_channels, filters), (3, filters, filters)]
    if not (strides == 1 and in_channels == filters):
        convs.append((1, in_channels, filters))
    return sum((k**2 * c + 1) * f for k, c, f in convs), sum(k * k * c * f * out * out for k, c, f in convs)
