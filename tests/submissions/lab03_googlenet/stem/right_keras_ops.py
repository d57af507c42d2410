# verdict: passed
def stem(x):
    def conv(x, filters, size, strides=1):
        return ops.relu(layers.Conv2D(filters, size, strides=strides, padding="same")(x))

    def pool(x):
        return ops.max_pool(x, 3, strides=2, padding="same")

    x = LocalResponseNormalization()(pool(conv(x, 64, 7, strides=2)))
    x = LocalResponseNormalization()(conv(conv(x, 64, 1), 192, 3))
    return pool(x)
