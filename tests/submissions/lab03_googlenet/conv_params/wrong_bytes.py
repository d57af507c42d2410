# verdict: failed
# aspect: output
def conv_params(kernel_size, in_channels, filters):
    return 4 * (kernel_size**2 * in_channels * filters + filters)
