# verdict: failed
# aspect: params
def grouped_conv(x, filters, kernel_size, groups):
    x = layers.DepthwiseConv2D(kernel_size, padding="same")(x)
    return layers.Conv2D(filters, 1)(x)
