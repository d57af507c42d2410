# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    p = layers.Permute((1, 3, 2))(x)
    ys = []
    for g in range(groups):
        s = layers.Cropping2D(((0, 0), (g * n, x.shape[-1] - (g + 1) * n)))(p)
        ys.append(layers.Conv2D(filters // groups, kernel_size, padding="same")(layers.Permute((1, 3, 2))(s)))
    return layers.Concatenate()(ys) if groups > 1 else ys[0]
