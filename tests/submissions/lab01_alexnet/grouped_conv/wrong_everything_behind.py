# verdict: failed
# aspect: params
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    ys = [
        layers.Conv2D(filters // groups, kernel_size, padding="same")(x[..., g * n :]) for g in range(groups)
    ]
    return layers.Concatenate()(ys) if groups > 1 else ys[0]
