# verdict: passed
def bottleneck_block(x, filters, strides=1):
    inputs = keras.Input(x.shape[1:])
    y = conv_bn_relu(conv_bn_relu(inputs, filters, 1, strides), filters, 3)
    y = layers.BatchNormalization()(layers.Conv2D(filters * 4, 1, use_bias=False)(y))
    branch = keras.Model(inputs, y)
    y = branch(x)
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x))
    return layers.ReLU()(layers.Add()([x, y]))
