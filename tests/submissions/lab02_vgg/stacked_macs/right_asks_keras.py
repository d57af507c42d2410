# verdict: passed
def stacked_macs(size, kernel_size, depth, channels):
    layer = layers.Conv2D(channels, kernel_size, padding="same", use_bias=False)
    y = layer(keras.Input((size, size, channels)))
    return depth * layer.count_params() * y.shape[1] * y.shape[2]
