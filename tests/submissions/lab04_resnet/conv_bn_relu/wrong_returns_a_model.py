# verdict: failed
# aspect: shape
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return keras.Model(
        x,
        layers.ReLU()(
            layers.BatchNormalization()(
                layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
            )
        ),
    )
