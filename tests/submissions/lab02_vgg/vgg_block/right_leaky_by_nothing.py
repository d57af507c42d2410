# verdict: passed
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.LeakyReLU(negative_slope=0.0)(x)
    return layers.MaxPooling2D(2)(x)
