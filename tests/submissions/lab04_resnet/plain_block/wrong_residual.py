# verdict: failed
# aspect: params
# misconception: block_with_a_shortcut
def plain_block(x, filters, strides=1):
    y = layers.BatchNormalization()(
        layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
            conv_bn_relu(x, filters, 3, strides)
        )
    )
    if strides > 1 or x.shape[-1] != filters:
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x))
    return ops.relu(x + y)
