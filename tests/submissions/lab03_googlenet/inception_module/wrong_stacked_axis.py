# verdict: failed
# aspect: shape
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: layers.Conv2D(f, k, padding="same", activation="relu")(x)
    width = f1 + f3 + f5 + pool_proj
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, width, 1), conv(conv(x, f3_reduce, 1), width, 3), conv(pooled, width, 1)]
    return layers.Concatenate(axis=1)(branches)
