# verdict: failed
# aspect: output
# misconception: residual_with_a_pooled_shortcut
def residual_block(x, filters, strides=1):
    y = conv_bn_relu(x, filters, 3, strides)
    y = layers.BatchNormalization()(layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(y))

    if x.shape != y.shape:
        if strides > 1:
            x = layers.AveragePooling2D(strides, padding="same")(x)
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, use_bias=False)(x))
    return ops.relu(x + y)
