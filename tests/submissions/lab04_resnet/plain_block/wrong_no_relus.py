# verdict: failed
# aspect: output
# misconception: block_without_relus
def plain_block(x, filters, strides=1):
    return layers.BatchNormalization()(
        layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
            layers.BatchNormalization()(
                layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
            )
        )
    )
