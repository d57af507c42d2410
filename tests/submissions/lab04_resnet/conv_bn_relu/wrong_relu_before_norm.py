# verdict: failed
# aspect: output
# misconception: conv_relu_bn
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return layers.BatchNormalization()(
        layers.ReLU()(layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x))
    )
