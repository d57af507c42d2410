# verdict: passed
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return (output_size * kernel_size) ** 2.0 * in_channels * filters / groups
