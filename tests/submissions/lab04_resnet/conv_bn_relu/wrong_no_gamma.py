# verdict: failed
# aspect: params
# misconception: conv_with_norm_without_gamma
def conv_bn_relu(x, filters, kernel_size, strides=1):
    return ops.relu(
        layers.BatchNormalization(scale=False)(
            layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False)(x)
        )
    )
