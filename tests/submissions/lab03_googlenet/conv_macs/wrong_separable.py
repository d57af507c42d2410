# verdict: failed
# aspect: output
def conv_macs(output_size, kernel_size, in_channels, filters):
    return output_size**2 * in_channels * (kernel_size**2 + filters)
