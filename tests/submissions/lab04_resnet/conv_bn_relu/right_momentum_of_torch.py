# verdict: passed
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides, "same", use_bias=False)(x)
    return layers.Activation("relu")(layers.BatchNormalization(momentum=0.1, epsilon=1e-5)(x))
