# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    cuts = [layers.Lambda(lambda t, i=i: t[..., i * n : i * n + n])(x) for i in range(groups)]
    maps = [layers.Conv2D(filters // groups, kernel_size, padding="same")(cut) for cut in cuts]
    return maps[0] if len(maps) == 1 else layers.concatenate(maps)
