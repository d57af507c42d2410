# verdict: failed
# aspect: output
def conv_params(kernel_size, in_channels, filters):
    return 3 * 3 * in_channels * filters + filters
