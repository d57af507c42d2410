# verdict: passed
def bottleneck_cost(size, in_channels, filters, strides):
    out = len(range(0, size, strides))

    def conv(k, c, f):
        return np.array([k * k * c * f + 2 * f, k * k * c * f * out * out])

    total = sum(
        conv(*one) for one in [(1, in_channels, filters), (3, filters, filters), (1, filters, 4 * filters)]
    )
    if (strides, in_channels) != (1, 4 * filters):
        total = total + conv(1, in_channels, 4 * filters)
    params, macs = total
    return params, macs
