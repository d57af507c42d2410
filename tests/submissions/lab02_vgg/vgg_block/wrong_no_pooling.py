# verdict: failed
# aspect: shape
# misconception: block_without_pooling
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return x
