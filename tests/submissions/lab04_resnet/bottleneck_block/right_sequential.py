# verdict: passed
def bottleneck_block(x, filters, strides=1):
    way = keras.Sequential(
        [
            layers.Conv2D(filters, 1, strides=strides, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(filters, 3, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(4 * filters, 1, use_bias=False),
            layers.BatchNormalization(),
        ]
    )
    y = way(x)
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x))
    return layers.Activation("relu")(layers.Add()([x, y]))
