# verdict: failed
# aspect: output
# misconception: conv_without_relu
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return layers.BatchNormalization()(
        layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
    )
