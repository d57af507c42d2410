# verdict: failed
# aspect: output
# misconception: params_without_biases
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return kernel_size * kernel_size * (in_channels // groups) * filters
