# verdict: passed
def conv_params(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters + filters
