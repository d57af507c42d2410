# verdict: passed
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    one = kernel_size * kernel_size * (in_channels // groups) + (1 if use_bias else 0)
    return one * filters
