# verdict: failed
# aspect: output
def stacked_params(kernel_size, depth, channels):
    return kernel_size ** (2 * depth) * channels**2
