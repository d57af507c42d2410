# verdict: failed
# aspect: output
# misconception: params_without_biases_by_default
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=False):
    weights = kernel_size**2 * (in_channels // groups) * filters
    return weights + filters if use_bias else weights
