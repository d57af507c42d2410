# verdict: failed
# aspect: params
def residual_block(x, filters, strides=1):
    norm = layers.BatchNormalization()
    y = norm(
        layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
            ops.relu(norm(layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)))
        )
    )
    if x.shape != y.shape:
        x = norm(layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x))
    return ops.relu(x + y)
