# verdict: failed
# aspect: output
# misconception: macs_of_one_position
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return conv_params(kernel_size, in_channels, filters, groups, False)
