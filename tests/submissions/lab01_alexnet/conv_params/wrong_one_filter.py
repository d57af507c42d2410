# verdict: failed
# aspect: output
# misconception: params_of_one_filter
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return kernel_size**2 * in_channels // groups + use_bias
