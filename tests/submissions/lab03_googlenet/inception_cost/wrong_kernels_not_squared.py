# verdict: failed
# aspect: output
# misconception: cost_of_line_kernels
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    weights = in_channels * (f1 + f3_reduce + f5_reduce + pool_proj) + 3 * f3_reduce * f3 + 5 * f5_reduce * f5
    return weights + f1 + f3_reduce + f3 + f5_reduce + f5 + pool_proj, weights * size**2
