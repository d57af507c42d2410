# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    maps = []
    for i in range(groups):
        inner = keras.Sequential([keras.Input((None, None, n)), layers.ZeroPadding2D(kernel_size // 2)])
        inner.add(layers.Conv2D(filters // groups, kernel_size))
        maps.append(inner(x[..., i * n : i * n + n]))
    return ops.concatenate(maps, axis=3)
