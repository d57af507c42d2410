# verdict: failed
# aspect: training
def bottleneck_block(x, filters, strides=1):
    y = layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x)
    y = conv_bn_relu(layers.ReLU()(layers.BatchNormalization(momentum=1.0)(y)), filters, 3)
    y = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, use_bias=False)(y))
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x))
    return layers.ReLU()(layers.Add()([x, y]))
