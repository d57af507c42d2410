# verdict: failed
# aspect: params
# misconception: ungrouped
def grouped_conv(x, filters, kernel_size, groups):
    y = layers.Conv2D(filters, kernel_size, padding="same", use_bias=True)(x)
    return y
