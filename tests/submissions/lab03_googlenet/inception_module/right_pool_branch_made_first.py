# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    d = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    d = layers.Conv2D(pool_proj, 1, activation="relu")(d)
    c = layers.Conv2D(f5_reduce, 1, activation="relu")(x)
    c = layers.Conv2D(f5, 5, padding="same", activation="relu")(c)
    b = layers.Conv2D(f3_reduce, 1, activation="relu")(x)
    b = layers.Conv2D(f3, 3, padding="same", activation="relu")(b)
    a = layers.Conv2D(f1, 1, activation="relu")(x)
    return layers.concatenate([a, b, c, d])
