# verdict: failed
# aspect: output
# misconception: macs_of_a_shrunken_map
def conv_macs(output_size, kernel_size, in_channels, filters):
    positions = (output_size - kernel_size + 1) ** 2
    return positions * kernel_size**2 * in_channels * filters
