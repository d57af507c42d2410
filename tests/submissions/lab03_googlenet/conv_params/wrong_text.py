# verdict: failed
# aspect: shape
def conv_params(kernel_size, in_channels, filters):
    return f"{kernel_size**2 * in_channels * filters + filters:,}"
