# verdict: failed
# aspect: call
def residual_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    y = layers.BatchNormalization()(layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(y))
    return layers.ReLU()(layers.Add()([x, y]))
