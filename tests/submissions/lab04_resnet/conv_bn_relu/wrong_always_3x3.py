# verdict: failed
# aspect: params
# misconception: conv_of_3x3
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
    return ops.relu(layers.BatchNormalization()(x))
