# verdict: failed
# aspect: output
def stacked_params(kernel_size, depth, channels):
    return 9 * depth * channels**2
