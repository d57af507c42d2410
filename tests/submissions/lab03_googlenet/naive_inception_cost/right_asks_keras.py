# verdict: passed
def naive_inception_cost(size, in_channels, f1, f3, f5):
    x = keras.Input((size, size, in_channels))
    branches = [layers.Conv2D(f, k, padding="same")(x) for k, f in ((1, f1), (3, f3), (5, f5))]
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    model = keras.Model(x, ops.concatenate([*branches, pooled], axis=-1))
    params = model.count_params()
    macs = size**2 * (params - f1 - f3 - f5)
    return params, macs
