# verdict: passed
def stacked_macs(size, kernel_size, depth, channels):
    return depth * (size * kernel_size * channels) ** 2
