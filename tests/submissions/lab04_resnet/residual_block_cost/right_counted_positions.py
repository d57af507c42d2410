# verdict: passed
def residual_block_cost(size, in_channels, filters, strides):
    out = len(range(0, size, strides))

    def conv(k, c, f):
        return np.array([k * k * c * f + 2 * f, k * k * c * f * out * out])

    total = sum(conv(*one) for one in [(3, in_channels, filters), (3, filters, filters)])
    if (strides, in_channels) != (1, filters):
        total = total + conv(1, in_channels, filters)
    params, macs = total
    return params, macs
