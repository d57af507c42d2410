# verdict: failed
# aspect: output
def conv_params(kernel_size, in_channels, filters):
    return (kernel_size**2 * in_channels * filters + filters) / 2 + 0.25
