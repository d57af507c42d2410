# verdict: failed
# aspect: output
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return output_size**2 * kernel_size * (in_channels // groups) * filters
