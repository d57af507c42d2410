# verdict: passed
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu" if i < convs - 1 else None)(x)
    return layers.ReLU()(layers.MaxPooling2D(2)(x))
