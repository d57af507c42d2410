# verdict: passed
def bottleneck_cost(size, in_channels, filters, strides):
    rows = [(1, in_channels, filters), (3, filters, filters), (1, filters, 4 * filters)]
    if strides > 1 or in_channels != 4 * filters:
        rows += [(1, in_channels, 4 * filters)]
    k, c, f = np.array(rows).T
    weights = k**2 * c * f
    out = int(np.ceil(size / strides))
    return np.array([(weights + 2 * f).sum(), weights.sum() * out**2])
