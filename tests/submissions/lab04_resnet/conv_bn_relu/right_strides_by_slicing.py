# verdict: passed
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x[:, ::strides, ::strides])
    return layers.ReLU()(x)
