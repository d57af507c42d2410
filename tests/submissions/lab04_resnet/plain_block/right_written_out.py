# verdict: passed
def plain_block(x, filters, strides=1):
    x = layers.ReLU()(
        layers.BatchNormalization()(
            layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
        )
    )
    x = layers.ReLU()(
        layers.BatchNormalization()(layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(x))
    )
    return x
