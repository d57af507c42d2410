# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: layers.LeakyReLU(negative_slope=0.0)(layers.Conv2D(f, k, padding="same")(x))
    rows = layers.MaxPooling2D((1, 3), strides=1, padding="same")(x)
    pooled = layers.MaxPooling2D((3, 1), strides=1, padding="same")(rows)
    one, three = conv(x, f1, 1), conv(conv(x, f3_reduce, 1), f3, 3)
    five, last = conv(conv(x, f5_reduce, 1), f5, 5), conv(pooled, pool_proj, 1)
    return ops.concatenate((one, three, five, last), -1)
