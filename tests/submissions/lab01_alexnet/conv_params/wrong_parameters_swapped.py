# verdict: failed
# aspect: call
def conv_params(kernel_size, in_channels, filters, use_bias=True, groups=1):
    return (kernel_size**2 * in_channels // groups + use_bias) * filters
