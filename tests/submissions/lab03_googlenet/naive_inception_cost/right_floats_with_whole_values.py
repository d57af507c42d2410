# verdict: passed
def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = float(in_channels) * (f1 + 9 * f3 + 25 * f5)
    return weights + f1 + f3 + f5, weights * size**2.0
