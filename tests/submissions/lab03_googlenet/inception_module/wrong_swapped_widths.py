# verdict: failed
# aspect: shape
# misconception: module_with_swapped_widths
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: layers.Conv2D(f, k, padding="same", activation="relu")(x)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    return layers.Concatenate()(
        [
            conv(x, f1, 1),
            conv(conv(x, f3, 1), f3_reduce, 3),
            conv(conv(x, f5, 1), f5_reduce, 5),
            conv(pooled, pool_proj, 1),
        ]
    )
