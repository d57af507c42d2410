# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    return layers.Conv2D(filters, kernel_size, padding="same", groups=groups)(x)
