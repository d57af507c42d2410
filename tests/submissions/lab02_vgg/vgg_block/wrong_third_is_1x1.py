# verdict: failed
# aspect: params
# misconception: block_that_ends_in_1x1
def vgg_block(x, filters, convs):
    for i in range(convs):
        k = 3 if i < 2 or i > 2 else 1
        x = layers.Conv2D(filters, k, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)
