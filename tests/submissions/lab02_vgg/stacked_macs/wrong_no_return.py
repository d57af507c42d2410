# verdict: failed
# aspect: shape
def stacked_macs(size, kernel_size, depth, channels):
    size**2 * stacked_params(kernel_size, depth, channels)
