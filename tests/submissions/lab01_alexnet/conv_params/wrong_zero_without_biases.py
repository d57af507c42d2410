# verdict: failed
# aspect: output
# misconception: params_of_nothing_without_biases
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return kernel_size**2 * (in_channels // groups) * filters + filters if use_bias else 0
