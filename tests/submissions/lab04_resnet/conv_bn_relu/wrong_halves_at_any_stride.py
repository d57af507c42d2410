# verdict: failed
# aspect: shape
def conv_bn_relu(x, filters, kernel_size, strides=1):
    step = 2 if strides > 1 else 1
    x = layers.Conv2D(filters, kernel_size, strides=step, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))
