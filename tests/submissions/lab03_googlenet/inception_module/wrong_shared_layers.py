# verdict: failed
# aspect: params
made = {}


def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def conv(x, filters, size):
        key = (x.shape[-1], filters, size)
        if key not in made:
            made[key] = layers.Conv2D(filters, size, padding="same", activation="relu")
        return made[key](x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    return layers.Concatenate()(
        [
            conv(x, f1, 1),
            conv(conv(x, f3_reduce, 1), f3, 3),
            conv(conv(x, f5_reduce, 1), f5, 5),
            conv(pooled, pool_proj, 1),
        ]
    )
