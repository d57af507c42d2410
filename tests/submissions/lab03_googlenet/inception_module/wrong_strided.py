# verdict: failed
# aspect: shape
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: layers.Conv2D(f, k, strides=2 if k > 1 else 1, padding="same", activation="relu")(
        x
    )
    half = lambda x: layers.MaxPooling2D(3, strides=2, padding="same")(x)
    return layers.Concatenate()(
        [
            conv(half(x), f1, 1),
            conv(conv(x, f3_reduce, 1), f3, 3),
            conv(conv(x, f5_reduce, 1), f5, 5),
            conv(half(x), pool_proj, 1),
        ]
    )
