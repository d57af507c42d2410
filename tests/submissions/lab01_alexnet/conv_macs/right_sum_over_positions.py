# verdict: passed
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    total = 0
    for _row in range(output_size):
        for _column in range(output_size):
            total += kernel_size**2 * (in_channels // groups) * filters
    return total
