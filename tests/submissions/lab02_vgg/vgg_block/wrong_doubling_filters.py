# verdict: failed
# aspect: shape
# misconception: block_that_doubles
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        filters = 2 * filters
    return layers.MaxPooling2D(2)(x)
