# verdict: passed
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    if groups == 1:
        return output_size**2 * kernel_size**2 * in_channels * filters
    total = 0
    for g in range(groups):
        total += conv_macs(output_size, kernel_size, in_channels // groups, filters // groups)
    return total
