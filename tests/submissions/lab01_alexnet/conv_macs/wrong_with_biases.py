# verdict: failed
# aspect: output
# misconception: macs_with_biases
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return output_size**2 * (kernel_size**2 * (in_channels // groups) + 1) * filters
