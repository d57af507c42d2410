# verdict: failed
# aspect: output
# misconception: macs_as_flops
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return 2 * output_size**2 * kernel_size**2 * (in_channels // groups) * filters
