# verdict: failed
# aspect: output
def conv_macs(output_size, kernel_size, in_channels, filters):
    return 118_013_952
