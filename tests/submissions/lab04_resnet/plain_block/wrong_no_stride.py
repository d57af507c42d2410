# verdict: failed
# aspect: shape
# misconception: block_without_stride
def plain_block(x, filters, strides=1):
    return ops.relu(
        layers.BatchNormalization()(
            layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
                ops.relu(
                    layers.BatchNormalization()(
                        layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(x)
                    )
                )
            )
        )
    )
