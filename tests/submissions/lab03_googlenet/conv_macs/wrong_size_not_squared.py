# verdict: failed
# aspect: output
# misconception: macs_of_one_row
def conv_macs(output_size, kernel_size, in_channels, filters):
    return output_size * kernel_size**2 * in_channels * filters
