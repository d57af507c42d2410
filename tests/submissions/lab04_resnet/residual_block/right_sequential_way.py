# verdict: passed
def residual_block(x, filters, strides=1):
    way = keras.Sequential(
        [
            layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False),
            layers.BatchNormalization(),
        ]
    )
    if x.shape[-1] == filters and strides == 1:
        return layers.ReLU()(way(x) + x)
    return layers.ReLU()(
        way(x)
        + keras.Sequential(
            [layers.Conv2D(filters, 1, strides=strides, use_bias=False), layers.BatchNormalization()]
        )(x)
    )
