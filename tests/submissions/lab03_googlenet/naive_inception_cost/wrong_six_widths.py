# verdict: failed
# aspect: call
def naive_inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    weights = in_channels * (f1 + 9 * f3 + 25 * f5)
    return weights + f1 + f3 + f5, size**2 * weights
