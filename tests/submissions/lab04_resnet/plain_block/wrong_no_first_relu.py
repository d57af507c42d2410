# verdict: failed
# aspect: output
# misconception: block_without_first_relu
def plain_block(x, filters, strides=1):
    return conv_bn_relu(
        layers.BatchNormalization()(
            layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
        ),
        filters,
        3,
    )
