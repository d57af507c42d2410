# verdict: passed
def conv_params(kernel_size, in_channels, filters):
    layer = layers.Conv2D(filters, kernel_size)
    layer.build((None, None, None, in_channels))
    return layer.count_params()
