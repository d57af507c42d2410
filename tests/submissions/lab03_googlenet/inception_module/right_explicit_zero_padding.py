# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def conv(x, filters, size):
        if size > 1:
            x = layers.ZeroPadding2D(size // 2)(x)
        return layers.Conv2D(filters, size, padding="valid", activation=ops.relu)(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    return layers.Concatenate(axis=3)(
        [
            conv(x, f1, 1),
            conv(conv(x, f3_reduce, 1), f3, 3),
            conv(conv(x, f5_reduce, 1), f5, 5),
            conv(pooled, pool_proj, 1),
        ]
    )
