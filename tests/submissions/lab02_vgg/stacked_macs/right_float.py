# verdict: passed
def stacked_macs(size, kernel_size, depth, channels):
    return 1.0 * size * size * stacked_params(kernel_size, depth, channels)
