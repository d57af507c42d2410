# verdict: failed
# aspect: output
# misconception: cost_of_large_kernels_on_the_input
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    kernels = (1, 1, 3, 1, 5, 1)
    filters = (f1, f3_reduce, f3, f5_reduce, f5, pool_proj)
    params = sum(k * k * in_channels * f + f for k, f in zip(kernels, filters))
    return params, sum(k * k * in_channels * f for k, f in zip(kernels, filters)) * size**2
