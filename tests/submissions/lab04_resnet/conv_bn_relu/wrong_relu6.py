# verdict: failed
# aspect: output
# misconception: conv_with_relu6
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    return ops.relu6(layers.BatchNormalization()(x))
