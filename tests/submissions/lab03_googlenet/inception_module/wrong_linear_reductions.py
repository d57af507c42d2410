# verdict: failed
# aspect: output
# misconception: module_with_linear_reductions
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    a = layers.Conv2D(f1, 1, activation="relu")(x)
    b = layers.Conv2D(f3, 3, padding="same", activation="relu")(layers.Conv2D(f3_reduce, 1)(x))
    c = layers.Conv2D(f5, 5, padding="same", activation="relu")(layers.Conv2D(f5_reduce, 1)(x))
    d = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    d = layers.Conv2D(pool_proj, 1, activation="relu")(d)
    return layers.Concatenate()([a, b, c, d])
