# verdict: failed
# aspect: call
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return np.maximum(
        0,
        layers.BatchNormalization()(
            layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
        ),
    )
