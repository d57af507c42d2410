# verdict: failed
# aspect: shape
# misconception: block_with_two_strides
def plain_block(x, filters, strides=1):
    return ops.relu(
        layers.BatchNormalization()(
            layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(
                ops.relu(
                    layers.BatchNormalization()(
                        layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
                    )
                )
            )
        )
    )
