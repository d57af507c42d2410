# verdict: failed
# aspect: shape
def bottleneck_cost(size, in_channels, filters, strides):
    out = -(-size // strides)
    convs = [(1, in_channels, filters), (3, filters, filters), (1, filters, 4 * filters)]
    if not (strides == 1 and in_channels == 4 * filters):
        convs.append((1, in_channels, 4 * filters))
    return {"params": sum(k * k * c * f + 2 * f for k, c, f in convs), "macs": 0}
