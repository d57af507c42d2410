# verdict: failed
# aspect: output
# misconception: conv_that_pools
def conv_bn_relu(x, filters, kernel_size, strides=1):
    x = layers.Conv2D(filters, kernel_size, padding="same", use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    return layers.MaxPooling2D(strides, strides, padding="same")(x)
