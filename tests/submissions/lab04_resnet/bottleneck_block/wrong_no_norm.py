# verdict: failed
# aspect: params
def bottleneck_block(x, filters, strides=1):
    y = layers.Conv2D(filters, 1, strides=strides, activation="relu")(x)
    y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    y = layers.Conv2D(4 * filters, 1)(y)
    if x.shape != y.shape:
        x = layers.Conv2D(4 * filters, 1, strides=strides)(x)
    return ops.relu(x + y)
