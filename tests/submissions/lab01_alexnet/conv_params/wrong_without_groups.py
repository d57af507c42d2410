# verdict: failed
# aspect: output
# misconception: params_without_groups
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return (kernel_size**2 * in_channels + use_bias) * filters
