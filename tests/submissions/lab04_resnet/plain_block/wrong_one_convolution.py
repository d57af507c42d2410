# verdict: failed
# aspect: params
# misconception: block_of_one_convolution
def plain_block(x, filters, strides=1):
    return ops.relu(
        layers.BatchNormalization()(
            layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
        )
    )
