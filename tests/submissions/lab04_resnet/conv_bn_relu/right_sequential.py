# verdict: passed
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return keras.Sequential(
        [
            layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
        ]
    )(x)
