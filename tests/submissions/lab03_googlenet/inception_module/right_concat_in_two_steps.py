# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def branch(x, *convs):
        for filters, size in convs:
            x = layers.Conv2D(filters, size, padding="same")(x)
            x = layers.Activation(keras.activations.relu)(x)
        return x

    left = layers.Concatenate()([branch(x, (f1, 1)), branch(x, (f3_reduce, 1), (f3, 3))])
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    right = layers.Concatenate()([branch(x, (f5_reduce, 1), (f5, 5)), branch(pooled, (pool_proj, 1))])
    return layers.Concatenate()([left, right])
