# verdict: failed
# aspect: output
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    fused = layers.Conv2D(f1 + f3_reduce + f5_reduce, 1, activation="relu")(x)
    one, three, five = ops.split(fused, [f1, f1 + f3_reduce], axis=-1)
    three = layers.Conv2D(f3, 3, padding="same", activation="relu")(three)
    five = layers.Conv2D(f5, 5, padding="same", activation="relu")(five)
    pool = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    pool = layers.Conv2D(pool_proj, 1, activation="relu")(pool)
    return layers.Concatenate()([one, three, five, pool])
