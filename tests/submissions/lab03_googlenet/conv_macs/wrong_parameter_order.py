# verdict: failed
# aspect: output
def conv_macs(kernel_size, in_channels, filters, output_size):
    return output_size**2 * kernel_size**2 * in_channels * filters
