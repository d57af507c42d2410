# verdict: passed
def stacked_params(kernel_size, depth, channels=64):
    return depth * pow(kernel_size, 2) * pow(channels, 2)
