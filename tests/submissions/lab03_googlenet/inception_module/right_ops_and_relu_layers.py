# verdict: passed
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def conv(x, filters, size):
        x = layers.Conv2D(filters, (size, size), strides=(1, 1), padding="same")(x)
        return layers.ReLU()(x)

    a = conv(x, f1, 1)
    b = conv(conv(x, f3_reduce, 1), f3, 3)
    c = conv(conv(x, f5_reduce, 1), f5, 5)
    d = conv(layers.MaxPool2D((3, 3), (1, 1), "same")(x), pool_proj, 1)
    return ops.concatenate([a, b, c, d], axis=-1)
