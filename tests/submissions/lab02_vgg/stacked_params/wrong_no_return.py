# verdict: failed
# aspect: shape
def stacked_params(kernel_size, depth, channels):
    params = depth * kernel_size**2 * channels**2
