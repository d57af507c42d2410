# verdict: failed
# aspect: shape
def grouped_conv(x, filters, kernel_size, groups):
    step = x.shape[-1] // groups
    parts = []
    for i in range(groups):
        part = x[..., i * step : i + step]
        parts.append(layers.Conv2D(filters // groups, kernel_size, padding="same")(part))
    return ops.concatenate(parts, axis=-1)
