# verdict: failed
# aspect: shape
def stacked_macs(size, kernel_size, depth, channels):
    macs = size**2 * stacked_params(kernel_size, depth, channels)
    return f"{macs / 1e6:.1f} M"
