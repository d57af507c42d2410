# verdict: passed
def stacked_params(kernel_size, depth, channels):
    return depth * math.prod((kernel_size,) * 2 + (channels,) * 2)
