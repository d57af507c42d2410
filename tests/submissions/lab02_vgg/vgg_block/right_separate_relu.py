# verdict: passed
def vgg_block(x, filters, convs):
    for _ in range(convs):
        x = layers.Conv2D(filters, (3, 3), padding="same")(x)
        x = layers.ReLU()(x)
    return layers.MaxPool2D()(x)
