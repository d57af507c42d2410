# verdict: failed
# aspect: output
# misconception: params_divided_twice
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    total = kernel_size**2 * in_channels * filters // groups**2
    if use_bias:
        total += filters
    return total
