# verdict: failed
# aspect: call
def conv_bn_relu(x, filters, kernel_size, strides):
    return layers.ReLU()(
        layers.BatchNormalization()(
            layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
        )
    )
