# verdict: passed
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    one = output_size**2 * kernel_size**2 * (in_channels // groups) * (filters // groups)
    return sum(one for _ in range(groups))
