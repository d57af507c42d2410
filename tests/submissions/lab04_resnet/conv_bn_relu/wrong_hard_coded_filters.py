# verdict: failed
# aspect: shape
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(64, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))
