# verdict: failed
# aspect: output
# misconception: conv_with_large_epsilon
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.9, epsilon=0.01)(x)
    return layers.ReLU()(x)
