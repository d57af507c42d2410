# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    ys = [
        layers.Conv2D(filters // groups, kernel_size, padding="same")(
            ops.take(x, list(range(g * n, g * n + n)), axis=-1)
        )
        for g in range(groups)
    ]
    return ops.concatenate(ys, axis=-1)
