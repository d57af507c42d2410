# verdict: failed
# aspect: output
# misconception: naive_with_pool_macs
def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = in_channels * (f1 + 9 * f3 + 25 * f5)
    pooling = 3 * 3 * in_channels
    return weights + f1 + f3 + f5, (weights + pooling) * size**2
