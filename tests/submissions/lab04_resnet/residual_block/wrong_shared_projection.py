# verdict: failed
# aspect: params
SHORTCUTS = {}


def residual_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    y = layers.BatchNormalization()(layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(y))

    if x.shape != y.shape:
        key = (x.shape, filters, strides)
        if key not in SHORTCUTS:
            SHORTCUTS[key] = keras.Sequential(
                [layers.Conv2D(filters, 1, strides=strides, use_bias=False), layers.BatchNormalization()]
            )
        x = SHORTCUTS[key](x)
    return layers.ReLU()(layers.Add()([x, y]))
