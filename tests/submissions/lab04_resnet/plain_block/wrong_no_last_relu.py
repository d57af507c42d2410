# verdict: failed
# aspect: output
# misconception: block_without_last_relu
def plain_block(x, filters, strides=1):
    return layers.BatchNormalization()(
        layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
            conv_bn_relu(x, filters, 3, strides)
        )
    )
