# verdict: failed
# aspect: output
def stacked_macs(size, kernel_size, depth, channels):
    return size**2 * stacked_params(depth, kernel_size, channels)
