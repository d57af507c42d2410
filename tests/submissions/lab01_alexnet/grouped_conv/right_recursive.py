# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    if groups == 1:
        return layers.Conv2D(filters, kernel_size, padding="same")(x)
    c, f = x.shape[-1] // groups, filters // groups
    head = layers.Conv2D(f, kernel_size, padding="same")(x[..., :c])
    tail = grouped_conv(x[..., c:], filters - f, kernel_size, groups - 1)
    return layers.Concatenate()([head, tail])
