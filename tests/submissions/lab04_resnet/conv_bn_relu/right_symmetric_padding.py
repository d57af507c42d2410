# verdict: passed
def conv_bn_relu(x, filters, kernel_size, strides=1):
    side = (kernel_size - 1) // 2
    x = layers.ZeroPadding2D(side)(x) if side else x
    x = layers.Conv2D(filters, kernel_size, strides, use_bias=False)(x)
    return layers.Activation("relu")(layers.BatchNormalization()(x))
