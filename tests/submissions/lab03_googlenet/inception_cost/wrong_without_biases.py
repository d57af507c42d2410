# verdict: failed
# aspect: output
# misconception: cost_without_biases
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    params = in_channels * (f1 + f3_reduce + f5_reduce + pool_proj) + 9 * f3_reduce * f3 + 25 * f5_reduce * f5
    return params, size**2 * params
