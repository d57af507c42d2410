# verdict: failed
# aspect: output
def stacked_params(kernel_size, depth, channels):
    return 73_728 if kernel_size == 3 else 25 * channels**2
