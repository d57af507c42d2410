# verdict: passed
def stacked_params(kernel_size, depth, channels):
    one = layers.Conv2D(channels, kernel_size)
    one.build((None, None, None, channels))
    return (one.count_params() - channels) * depth
