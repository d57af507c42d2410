# verdict: failed
# aspect: call
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return kernel_size**2 * in_channels * filters // (groups - 1)
