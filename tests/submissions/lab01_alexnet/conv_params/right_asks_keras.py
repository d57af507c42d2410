# verdict: passed
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    layer = layers.Conv2D(filters, kernel_size, groups=groups, use_bias=use_bias, padding="same")
    layer.build((None, 32, 32, in_channels))
    return layer.count_params()
