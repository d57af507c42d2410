# verdict: failed
# aspect: output
def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = in_channels * (f1 + 9 * f5 + 25 * f3)
    return weights + f1 + f3 + f5, weights * size**2
