# verdict: failed
# aspect: params
def plain_block(x, filters, strides=1):
    conv = layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)
    x = conv_bn_relu(x, filters, 3, strides)
    x = layers.ReLU()(layers.BatchNormalization()(conv(x)))
    return layers.ReLU()(layers.BatchNormalization()(conv(x)))
