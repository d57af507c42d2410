# verdict: failed
# aspect: output
def stacked_params(depth, kernel_size, channels):
    return depth * kernel_size**2 * channels**2
