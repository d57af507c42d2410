# verdict: passed
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    if groups > 1:
        return groups * conv_params(kernel_size, in_channels // groups, filters // groups, 1, use_bias)
    w = kernel_size * kernel_size * in_channels * filters
    return w + filters if use_bias else w
