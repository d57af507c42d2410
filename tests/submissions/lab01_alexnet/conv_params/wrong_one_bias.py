# verdict: failed
# aspect: output
# misconception: params_with_one_bias
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    weights = kernel_size**2 * in_channels * filters // groups
    return weights + 1 if use_bias else weights
