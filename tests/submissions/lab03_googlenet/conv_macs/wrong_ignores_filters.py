# verdict: failed
# aspect: output
# misconception: macs_of_one_filter
def conv_macs(output_size, kernel_size, in_channels, filters):
    return output_size**2 * kernel_size**2 * in_channels
