# verdict: failed
# aspect: shape
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return f"{(kernel_size**2 * in_channels // groups + use_bias) * filters:,}"
