# verdict: failed
# aspect: params
# misconception: residual_around_the_second
def residual_block(x, filters, strides=1):
    x = conv_bn_relu(x, filters, 3, strides)
    return ops.relu(
        x
        + layers.BatchNormalization()(layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(x))
    )
