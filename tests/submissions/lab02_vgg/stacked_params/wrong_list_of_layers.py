# verdict: failed
# aspect: shape
def stacked_params(kernel_size, depth, channels):
    return [kernel_size**2 * channels**2] * depth
