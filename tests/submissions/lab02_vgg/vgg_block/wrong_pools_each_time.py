# verdict: failed
# aspect: shape
# misconception: block_that_pools_each_time
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D((2, 2), 2, padding="same")(x)
    return x
