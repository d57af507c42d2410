# verdict: passed
def bottleneck_block(x, filters, strides=1):
    short = x
    x = x[:, ::strides, ::strides]
    y = layers.ReLU()(layers.BatchNormalization()(layers.Dense(filters, use_bias=False)(x)))
    y = conv_bn_relu(y, filters, 3)
    y = layers.BatchNormalization()(layers.Dense(4 * filters, use_bias=False)(y))
    if short.shape != y.shape:
        short = layers.BatchNormalization()(layers.Dense(4 * filters, use_bias=False)(x))
    return layers.ReLU()(short + y)
