# verdict: passed
def params(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters + filters


def conv_macs(output_size, kernel_size, in_channels, filters):
    without_biases = params(kernel_size, in_channels, filters) - filters
    return without_biases * output_size**2
