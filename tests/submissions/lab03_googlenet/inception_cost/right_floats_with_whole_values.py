# verdict: passed
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    weights = 1.0 * in_channels * (f1 + f3_reduce + f5_reduce + pool_proj)
    weights += 3.0**2 * f3_reduce * f3 + 5.0**2 * f5_reduce * f5
    return weights + f1 + f3_reduce + f3 + f5_reduce + f5 + pool_proj, weights * size * size
