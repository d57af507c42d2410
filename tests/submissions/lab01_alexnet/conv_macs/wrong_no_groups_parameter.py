# verdict: failed
# aspect: call
def conv_macs(output_size, kernel_size, in_channels, filters):
    return output_size**2 * kernel_size**2 * in_channels * filters
