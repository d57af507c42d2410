# verdict: failed
# aspect: output
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu6")(x)
    return layers.MaxPooling2D(2)(x)
