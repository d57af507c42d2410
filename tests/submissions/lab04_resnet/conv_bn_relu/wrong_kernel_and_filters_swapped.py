# verdict: failed
# aspect: shape
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(kernel_size, filters, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))
