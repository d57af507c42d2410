# verdict: failed
# aspect: params
# misconception: module_with_one_reduction
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: layers.Conv2D(f, k, padding="same", activation="relu")(x)
    reduced = conv(x, f3_reduce, 1)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    return layers.Concatenate()(
        [conv(x, f1, 1), conv(reduced, f3, 3), conv(reduced, f5, 5), conv(pooled, pool_proj, 1)]
    )
