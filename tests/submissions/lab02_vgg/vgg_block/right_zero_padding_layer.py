# verdict: passed
def vgg_block(x, filters, convs):
    for _ in range(convs):
        x = layers.Conv2D(filters, 3, activation="relu")(layers.ZeroPadding2D(1)(x))
    return layers.MaxPooling2D(pool_size=2, strides=2, padding="valid")(x)
