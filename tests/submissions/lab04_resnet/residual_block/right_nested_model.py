# verdict: passed
def residual_block(x, filters, strides=1):
    inputs = keras.Input(x.shape[1:])
    y = layers.BatchNormalization()(
        layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
            conv_bn_relu(inputs, filters, 3, strides)
        )
    )
    short = inputs
    if inputs.shape != y.shape:
        short = layers.BatchNormalization()(
            layers.Conv2D(filters, 1, strides=strides, use_bias=False)(inputs)
        )
    return keras.Model(inputs, ops.relu(layers.Add()([short, y])))(x)
