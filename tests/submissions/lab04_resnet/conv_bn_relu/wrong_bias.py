# verdict: failed
# aspect: params
# misconception: conv_with_bias
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same")(x)
    return ops.relu(layers.BatchNormalization()(x))
