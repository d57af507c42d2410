# verdict: passed
def conv_params(kernel_size, in_channels, filters):
    return ops.prod(ops.array([kernel_size, kernel_size, in_channels, filters])) + filters
