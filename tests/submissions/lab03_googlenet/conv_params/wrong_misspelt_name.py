# verdict: failed
# aspect: call
def conv_params(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channel * filters + filters
