# verdict: passed
def stacked_params(kernel_size, depth, channels):
    layer = layers.Conv2D(channels, kernel_size, use_bias=False)
    layer.build((None, 40, 40, channels))
    return sum(layer.count_params() for _ in range(depth))
