# verdict: failed
# aspect: shape
# misconception: conv_without_stride
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, padding="same", use_bias=False)(x)
    return ops.relu(layers.BatchNormalization()(x))
