# verdict: failed
# aspect: shape
# misconception: block_with_a_pool_that_rounds_up
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPool2D((2, 2), padding="same")(x)
