# verdict: failed
# aspect: output
# misconception: residual_with_a_late_stride
def residual_block(x, filters, strides=1):
    y = layers.BatchNormalization()(
        layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(
            conv_bn_relu(x, filters, 3)
        )
    )
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x))
    return ops.relu(x + y)
