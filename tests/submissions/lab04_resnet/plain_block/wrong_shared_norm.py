# verdict: failed
# aspect: params
def plain_block(x, filters, strides=1):
    norm = layers.BatchNormalization()
    return ops.relu(
        norm(
            layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
                ops.relu(norm(layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)))
            )
        )
    )
