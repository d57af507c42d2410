# verdict: failed
# aspect: output
# misconception: macs_of_one_row
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return output_size * kernel_size * kernel_size * (in_channels // groups) * filters
