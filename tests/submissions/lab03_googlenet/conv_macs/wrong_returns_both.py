# verdict: failed
# aspect: shape
def conv_macs(output_size, kernel_size, in_channels, filters):
    params = kernel_size**2 * in_channels * filters
    return params, params * output_size**2
