# verdict: failed
# aspect: params
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    y = x
    for g in range(groups):
        y = layers.Conv2D(filters, kernel_size, padding="same")(y)
    return y
