# verdict: passed
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    total = 0
    for _ in range(groups):
        total += kernel_size**2 * (in_channels // groups) * (filters // groups)
    if use_bias:
        total += filters
    return total
