# verdict: failed
# aspect: call
def bottleneck_block(x, filters, strides=1):
    y = conv_bn_relu(conv_bn_relu(x, filters, 1, strides), filters, 3)
    y = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, use_bias=False)(y))
    if x.shape != y.shape:
        x = layers.Conv2D(4 * filters, 1, strides=2 if strides > 1 else 1, use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([x, y]))
