# verdict: passed
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(
        filters=filters, kernel_size=kernel_size, strides=strides, padding="same", use_bias=False, name="conv"
    )(x)
    x = layers.BatchNormalization(name="bn")(x)
    return layers.ReLU(name="relu")(x)
