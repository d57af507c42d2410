# verdict: failed
# aspect: call
def conv_macs(output_size, kernel_size, in_channels, filters):
    height, width = output_size
    return height * width * kernel_size**2 * in_channels * filters
