# verdict: failed
# aspect: output
# misconception: residual_without_inner_relu
def residual_block(x, filters, strides=1):
    y = layers.BatchNormalization()(
        layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
            layers.BatchNormalization()(
                layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
            )
        )
    )
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x))
    return ops.relu(x + y)
