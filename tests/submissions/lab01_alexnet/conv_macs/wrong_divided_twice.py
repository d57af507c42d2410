# verdict: failed
# aspect: output
# misconception: macs_divided_twice
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    c, f = in_channels // groups, filters // groups
    return output_size**2 * kernel_size**2 * c * f
