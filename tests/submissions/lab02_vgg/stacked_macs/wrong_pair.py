# verdict: failed
# aspect: shape
def stacked_macs(size, kernel_size, depth, channels):
    params = stacked_params(kernel_size, depth, channels)
    return params, size**2 * params
