# verdict: passed
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.BatchNormalization()(
        layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
    )
    return ops.maximum(x, 0.0)
