# verdict: failed
# aspect: output
# misconception: cost_with_biases_in_macs
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    params = (in_channels + 1) * (f1 + f3_reduce + f5_reduce + pool_proj)
    params += (9 * f3_reduce + 1) * f3 + (25 * f5_reduce + 1) * f5
    return params, size**2 * params
