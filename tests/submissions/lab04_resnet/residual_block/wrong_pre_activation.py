# verdict: failed
# aspect: params
# misconception: residual_before_activation
def residual_block(x, filters, strides=1):
    y = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(
        ops.relu(layers.BatchNormalization()(x))
    )
    y = layers.Conv2D(filters, 3, strides=1, padding="same", use_bias=False)(
        ops.relu(layers.BatchNormalization()(y))
    )
    if strides > 1 or x.shape[-1] != filters:
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x))
    return x + y
