# verdict: passed
def conv_bn_relu(x, filters, kernel_size, strides=1):
    inputs = keras.Input(x.shape[1:])
    y = layers.Conv2D(
        filters, (kernel_size, kernel_size), strides=(strides, strides), padding="same", use_bias=False
    )(inputs)
    y = layers.Activation("relu")(layers.BatchNormalization(axis=-1)(y))
    return keras.Model(inputs, y)(x)
