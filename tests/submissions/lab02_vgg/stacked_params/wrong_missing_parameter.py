# verdict: failed
# aspect: call
def stacked_params(kernel_size, channels):
    return 2 * kernel_size**2 * channels**2
