# verdict: failed
# aspect: params
# misconception: block_with_one_too_many
def vgg_block(x, filters, convs):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    for _ in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)
