# verdict: failed
# aspect: output
def conv_params(in_channels, filters, kernel_size):
    return kernel_size**2 * in_channels * filters + filters
