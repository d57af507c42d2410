# verdict: failed
# aspect: call
norm = layers.BatchNormalization()


def norm_relu(x):
    return layers.ReLU()(norm(x))


def conv_bn_relu(x, filters, kernel_size, strides=1):
    return norm_relu(layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x))
