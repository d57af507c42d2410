# verdict: failed
# aspect: params
def vgg_block(x, filters, convs):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    again = layers.Conv2D(filters, 3, padding="same", activation="relu")
    for _ in range(convs - 1):
        x = again(x)
    return layers.MaxPooling2D(2)(x)
