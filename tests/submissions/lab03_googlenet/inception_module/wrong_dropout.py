# verdict: failed
# aspect: training
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: layers.Conv2D(f, k, padding="same", activation="relu")(x)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    one, three = conv(x, f1, 1), conv(conv(x, f3_reduce, 1), f3, 3)
    five, last = conv(conv(x, f5_reduce, 1), f5, 5), conv(pooled, pool_proj, 1)
    return layers.Dropout(0.1)(layers.Concatenate()([one, three, five, last]))
