# verdict: failed
# aspect: call
def stacked_params(kernel_size, depth, channels):
    return depth * channels**2 / (kernel_size // 100)
