# verdict: failed
# aspect: output
def stacked_macs(size, kernel_size, depth, channels):
    return 56 * 56 * stacked_params(kernel_size, depth, channels)
