# verdict: failed
# aspect: shape
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    return f"{output_size**2 * kernel_size**2 * in_channels * filters / groups / 1e6} M"
