# verdict: failed
# aspect: output
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU(negative_slope=0.005)(layers.BatchNormalization()(x))
