# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    inputs = keras.Input(shape=x.shape[1:])
    conv = lambda t, f, k: layers.Conv2D(f, k, padding="same", activation="relu")(t)
    outputs = layers.Concatenate()(
        [
            conv(inputs, f1, 1),
            conv(conv(inputs, f3_reduce, 1), f3, 3),
            conv(conv(inputs, f5_reduce, 1), f5, 5),
            conv(layers.MaxPooling2D(3, 1, padding="same")(inputs), pool_proj, 1),
        ]
    )
    return keras.Model(inputs, outputs, name="inception")(x)
