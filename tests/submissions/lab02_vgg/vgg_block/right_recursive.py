# verdict: passed
def vgg_block(x, filters, convs):
    if convs == 0:
        return layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(filters, 3, padding="same", activation=keras.activations.relu)(x)
    return vgg_block(x, filters, convs - 1)
