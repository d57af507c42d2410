# verdict: passed
def plain_block(x, filters, strides=1):
    x = layers.Conv2D(filters, 3, strides=strides, use_bias=False)(layers.ZeroPadding2D(1)(x))
    x = layers.Activation("relu")(layers.BatchNormalization(epsilon=1e-5)(x))
    x = layers.Conv2D(filters, 3, use_bias=False)(layers.ZeroPadding2D(1)(x))
    return layers.Activation("relu")(layers.BatchNormalization(epsilon=1e-5)(x))
