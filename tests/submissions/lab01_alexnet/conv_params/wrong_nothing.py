# verdict: failed
# aspect: shape
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    params = kernel_size**2 * in_channels // groups * filters + use_bias * filters
