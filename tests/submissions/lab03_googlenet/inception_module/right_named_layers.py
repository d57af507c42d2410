# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def conv(x, filters, size, name):
        return layers.Conv2D(filters, size, padding="same", activation="relu", name=name)(x)

    one = conv(x, f1, 1, "one")
    three = conv(conv(x, f3_reduce, 1, "three_reduce"), f3, 3, "three")
    five = conv(conv(x, f5_reduce, 1, "five_reduce"), f5, 5, "five")
    pooled = layers.MaxPooling2D(3, strides=1, padding="same", name="pool")(x)
    return layers.Concatenate(name="join")([one, three, five, conv(pooled, pool_proj, 1, "project")])
