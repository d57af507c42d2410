# verdict: failed
# aspect: output
def stacked_macs(kernel_size, depth, channels, size):
    return size**2 * stacked_params(kernel_size, depth, channels)
