# verdict: failed
# aspect: output
# misconception: macs_of_one_input_channel
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return output_size * output_size * kernel_size * kernel_size * filters
