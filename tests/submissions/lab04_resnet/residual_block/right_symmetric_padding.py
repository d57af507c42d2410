# verdict: passed
def residual_block(x, filters, strides=1):
    y = layers.Conv2D(filters, 3, strides=strides, use_bias=False)(layers.ZeroPadding2D(1)(x))
    y = layers.ReLU()(layers.BatchNormalization(epsilon=1e-5)(y))
    y = layers.Conv2D(filters, 3, use_bias=False)(layers.ZeroPadding2D(1)(y))
    y = layers.BatchNormalization(epsilon=1e-5)(y)
    if x.shape != y.shape:
        x = layers.BatchNormalization(epsilon=1e-5)(layers.Conv2D(filters, 1, strides, use_bias=False)(x))
    return layers.ReLU()(layers.Add()([y, x]))
