# verdict: failed
# aspect: output
# misconception: params_always_with_biases
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    one = kernel_size**2 * (in_channels // groups) + 1
    return one * filters
