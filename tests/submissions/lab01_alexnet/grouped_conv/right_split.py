# verdict: passed
def grouped_conv(x, filters, kernel_size, groups):
    parts = ops.split(x, groups, axis=-1)
    convs = [layers.Conv2D(filters // groups, (kernel_size, kernel_size), padding="same") for _ in parts]
    return ops.concatenate([conv(part) for conv, part in zip(convs, parts, strict=True)], -1)
