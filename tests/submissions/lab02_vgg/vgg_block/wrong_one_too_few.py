# verdict: failed
# aspect: shape
# misconception: block_with_one_too_few
def vgg_block(x, filters, convs):
    for _ in range(1, convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)
