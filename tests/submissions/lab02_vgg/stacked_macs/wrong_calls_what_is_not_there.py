# verdict: failed
# aspect: call
def stacked_macs(size, kernel_size, depth, channels):
    return size**2 * conv_params(kernel_size, channels, channels) * depth
