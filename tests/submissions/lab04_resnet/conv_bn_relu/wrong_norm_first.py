# verdict: failed
# aspect: params
# misconception: bn_conv_relu
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return layers.ReLU()(
        layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(
            layers.BatchNormalization()(x)
        )
    )
