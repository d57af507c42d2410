# verdict: passed
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    biases = sum((f1, f3_reduce, f3, f5_reduce, f5, pool_proj))
    params = (in_channels + 1) * (f1 + f3_reduce + f5_reduce + pool_proj)
    params += (3 * 3 * f3_reduce + 1) * f3
    params += (5 * 5 * f5_reduce + 1) * f5
    return params, (params - biases) * size**2
