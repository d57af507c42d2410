# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    step = x.shape[-1] // groups
    parts = []
    for i in reversed(range(groups)):
        conv = layers.Conv2D(filters // groups, kernel_size, padding="same", name=f"group{i}")
        parts.insert(0, conv(x[:, :, :, i * step : (i + 1) * step]))
    return layers.Concatenate()(parts) if groups > 1 else parts[0]
