# verdict: passed
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h, w = x.shape[1:3]
    x = layers.Cropping2D(((0, h % 2), (0, w % 2)))(x)
    return layers.MaxPooling2D(2, padding="same")(x)
