# verdict: passed
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return conv_params(kernel_size, in_channels, filters, groups, use_bias=False) * output_size**2
