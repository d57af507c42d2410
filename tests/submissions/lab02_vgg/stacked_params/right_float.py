# verdict: passed
def stacked_params(kernel_size, depth, channels):
    return float((kernel_size * channels) ** 2 * depth)
