# verdict: passed
def residual_block_cost(size, in_channels, filters, strides):
    rows = [(3, in_channels, filters), (3, filters, filters)]
    if strides > 1 or in_channels != filters:
        rows += [(1, in_channels, filters)]
    k, c, f = np.array(rows).T
    weights = k**2 * c * f
    out = int(np.ceil(size / strides))
    return np.array([(weights + 2 * f).sum(), weights.sum() * out**2])
