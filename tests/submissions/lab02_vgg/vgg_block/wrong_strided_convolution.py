# verdict: failed
# aspect: shape
# misconception: block_that_strides
def vgg_block(x, filters, convs):
    for _ in range(convs - 1):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, 2, "same", activation="relu")(x)
