# verdict: failed
# aspect: shape
def vgg_block(x, filters, convs):
    for _ in range(convs):
        x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)
