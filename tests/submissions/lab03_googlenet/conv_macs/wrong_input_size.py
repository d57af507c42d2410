# verdict: failed
# aspect: output
def conv_macs(output_size, kernel_size, in_channels, filters):
    input_size = 2 * output_size
    return input_size**2 * kernel_size**2 * in_channels * filters
