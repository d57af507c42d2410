# verdict: failed
# aspect: output
# misconception: cost_of_the_naive_module
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    weights = in_channels * (f1 + 9 * f3 + 25 * f5 + pool_proj)
    return weights + f1 + f3 + f5 + pool_proj, weights * size * size
