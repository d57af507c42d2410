# verdict: failed
# aspect: output
# misconception: macs_of_a_line_kernel
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return output_size**2 * kernel_size * (in_channels // groups) * filters
