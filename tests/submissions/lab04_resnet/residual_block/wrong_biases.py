# verdict: failed
# aspect: params
# misconception: residual_with_biases
def residual_block(x, filters, strides=1):
    y = layers.ReLU()(
        layers.BatchNormalization()(layers.Conv2D(filters, 3, strides=strides, padding="same")(x))
    )
    y = layers.BatchNormalization()(layers.Conv2D(filters, 3, strides=1, padding="same")(y))
    if x.shape != y.shape:
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=strides)(x))
    return ops.relu(x + y)
