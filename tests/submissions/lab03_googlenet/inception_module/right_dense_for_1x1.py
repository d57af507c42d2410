# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    a = layers.Dense(f1, activation="relu")(x)
    b = layers.Conv2D(f3, 3, padding="same", activation="relu")(layers.Dense(f3_reduce, activation="relu")(x))
    c = layers.Conv2D(f5, 5, padding="same", activation="relu")(layers.Dense(f5_reduce, activation="relu")(x))
    d = layers.Dense(pool_proj, activation="relu")(layers.MaxPooling2D(3, 1, "same")(x))
    return layers.Concatenate()([a, b, c, d])
