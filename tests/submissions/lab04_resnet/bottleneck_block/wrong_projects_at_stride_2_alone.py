# verdict: failed
# aspect: call
def bottleneck_block(x, filters, strides=1):
    y = conv_bn_relu(conv_bn_relu(x, filters, 1, strides), filters, 3)
    y = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, use_bias=False)(y))
    if strides == 2 or x.shape[-1] != 4 * filters:
        x = layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([x, y]))
